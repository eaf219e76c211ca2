// Loaded with --import into a process of ours that knows nothing of its parent: without the parent
// it ends as if it had been asked to.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();

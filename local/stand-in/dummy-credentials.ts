/** What every local client signs with. Stand-ins that check signatures know this pair. */
export const dummyCredentials = { accessKeyId: "local", secretAccessKey: "local-secret" };

export const settings = {
  name: "Name",
  connection: "Connection",
  markOnline: "Show the account as online",
  markOnlineAbout: "While it is, the phone itself shows no notifications.",
  rejectCalls: "Reject calls",
  rejectCallsAbout: "Every call is refused at once, and the phone rings no longer.",
  historySync: "History",
  historySyncAbout: "What the phone tells of the past, from the next linking on.",
  history: { none: "Nothing", recent: "The last months", full: "Everything it has" },
  proxy: "Proxy",
  proxyAbout:
    "Like socks5://user:password@host:port, from the next connection on; empty for none. User name and password are not shown again.",
  sending: "Sending",
  paced: "Keep to a pace",
  pacedAbout: "Without one, each message leaves as soon as it can.",
  perMinute: "Messages a minute",
  burst: "At once, without a pause",
  jitter: "Variation in per cent",
  perDay: "New chats a day",
  perDayAbout:
    "Chats with people whom this device has not written to or heard from. Empty: no limit.",
  pauseOnLock: "Start no chats while WhatsApp locks the account for it",
  pauseOnLockAbout: "Chats that exist go on.",
  keeping: "Events and messages",
  muteWebhooks: "Send nothing of this session to webhooks",
  muteWebhooksAbout: "Not later either. Event streams and the log go on.",
  retentionDays: "Days that messages are kept",
  retentionAbout: "Counted from now on. Empty: as this deployment does.",
  saved: "Saved.",
};

export const pace = {
  title: "Pace and limits",
  pacing: "Pace",
  free: "as fast as possible",
  paced: (perMinute: number, burst: number) => `${perMinute} a minute, ${burst} at once`,
  newChats: "New chats",
  anyNumber: "any number",
  aDay: (perDay: number) => `at most ${perDay} a day`,
  until: "until",
};

export const move = {
  title: "Move this session",
  exportAbout:
    "Exporting stops this session and moves its credentials into a sealed file. From then on the file is the session: exactly one session of this account can import it, once, and goes on without a new code. Until then nothing is sent or received.",
  exportNow: "Export",
  exportConfirm:
    "The session stops, and its credentials move into the file. It cannot connect again before the file is imported, or the phone is linked anew.",
  exported:
    "The credentials of this session are in a sealed file. It is kept for 30 days; import it here or into another session.",
  getLink: "Get the file again",
  download: "Download the file",
  linkUntil: "The link works until",
  bundle: "Bundle",
  importTitle: "Import a session",
  importAbout:
    "Takes over the credentials of an exported session of this account. The phone stays linked, and no code is needed. It can be done once.",
  file: "Exported file",
  bundleId: "or the bundle's id",
  bundleIdAbout: "Begins with bnd_. While the deployment keeps the file, the id is enough.",
  noBundle: "Choose the file that was exported, or give its id.",
  importNow: "Import",
  imported: "Imported. Connect it: no code is needed.",
  takesLong: "It takes longer than usual, and goes on by itself. Try again in a minute.",
  uploadFailed: "The file could not be sent to the store. Try again.",
};

export const log = {
  about: "What has happened to this session, newest first, for as long as events are kept.",
  type: "Type",
  all: "All types",
  none: "Nothing has happened yet. Connect the session, and it appears here.",
  noneOfType: "Nothing of this type among these events.",
  shown: (shown: number, all: number) => `${shown} of ${all} events`,
  readOn: "Read later events",
};

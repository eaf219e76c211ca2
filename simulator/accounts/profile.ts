/** How a phone hands its history and app state to a new companion, if at all. */
export type SyncWay = "inline" | "media-host" | "off";

export type BusinessProfile = {
  description: string;
  address?: string | undefined;
  email?: string | undefined;
  website?: string | undefined;
  category?: string | undefined;
};

/** What an account shows of itself, and whom it shows it to. */
export type Profile = {
  sync: SyncWay;
  about: { text: string; t: number };
  /** Path on the media host. */
  picture?: { id: string; path: string } | undefined;
  business?: BusinessProfile | undefined;
  /** Privacy category to value, as `readreceipts` to `all`. */
  privacy: Record<string, string>;
  /** Numbers. */
  blocked: string[];
  disappearing: { duration: number; t: number };
};

/** As a new account starts: visible to everybody. */
export const newProfile = (sync: SyncWay): Profile => ({
  sync,
  about: { text: "Hey there! I am using WhatsApp.", t: 0 },
  // Without read receipts Baileys would send `read-self`, and the author learn nothing.
  privacy: {
    readreceipts: "all",
    profile: "all",
    status: "all",
    online: "all",
    last: "all",
    groupadd: "all",
    calladd: "all",
    messages: "all",
  },
  blocked: [],
  disappearing: { duration: 0, t: 0 },
});

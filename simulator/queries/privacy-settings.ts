import { child, children } from "../stanza/read-node.ts";
import { isQuery, type Query, type QueryContext } from "./query.ts";

const settings = ({ device }: QueryContext) => [
  {
    tag: "privacy",
    attrs: {},
    content: Object.entries(device.account.profile.privacy).map(([name, value]) => ({
      tag: "category",
      attrs: { name, value },
    })),
  },
];

export const privacySettings: Query = {
  matches: isQuery("privacy", "get"),
  answer: settings,
};

export const privacyChange: Query = {
  matches: isQuery("privacy", "set", "privacy"),
  answer: (context) => {
    const { world, device, iq } = context;
    const changed = children(child(iq, "privacy"), "category").map(({ attrs }) => [
      attrs["name"] ?? "",
      attrs["value"] ?? "",
    ]);
    const { account } = device;
    const privacy = { ...account.profile.privacy, ...Object.fromEntries(changed) };
    world.accounts.changeProfile(account, { privacy });
    return settings(context);
  },
};

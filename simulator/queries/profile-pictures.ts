import type { Account } from "../accounts/account.ts";
import type { Group } from "../groups/groups.ts";
import { announcePicture } from "../routing/announce-picture.ts";
import type { World } from "../world.ts";
import { bytesOf, child } from "../stanza/read-node.ts";
import { isQuery, type Query, type QueryContext } from "./query.ts";

type Picture = { id: string; path: string };

const ownerOf = ({ world, device, iq }: QueryContext): Account | Group | undefined => {
  const { target } = iq.attrs;
  if (target === undefined) return device.account;
  return world.groups.find(target) ?? world.accounts.ofJid(target);
};

const pictureOf = (owner: Account | Group | undefined): Picture | undefined =>
  owner && ("profile" in owner ? owner.profile.picture : owner.picture);

/** The address of somebody's picture; 404 when there is none. */
export const profilePicture: Query = {
  matches: isQuery("w:profile:picture", "get", "picture"),
  answer: (context) => {
    const picture = pictureOf(ownerOf(context));
    if (!picture) return { error: 404, text: "item-not-found" };
    const { type = "preview" } = child(context.iq, "picture")?.attrs ?? {};
    const url = `https://${context.world.mediaHost.name}${picture.path}`;
    const attrs = { id: picture.id, type, url, direct_path: picture.path };
    return [{ tag: "picture", attrs }];
  },
};

const setPicture = (world: World, owner: Account | Group, picture: Picture | undefined): void => {
  if ("profile" in owner) world.accounts.changeProfile(owner, { picture });
  else world.groups.change(owner, { picture });
};

/** Sets or removes the own picture, or that of a group. */
export const profilePictureChange: Query = {
  matches: isQuery("w:profile:picture", "set"),
  answer: (context) => {
    const { world, device, iq } = context;
    const owner = ownerOf(context);
    const allowed =
      owner &&
      ("profile" in owner
        ? owner === device.account
        : owner.members.includes(device.account.number));
    if (!allowed) return { error: 403, text: "forbidden" };
    const image = bytesOf(child(iq, "picture"));
    const picture = image && {
      id: String(Buffer.from(world.random(4)).readUInt32BE(0)),
      path: world.media.put(image),
    };
    setPicture(world, owner, picture);
    announcePicture(world, device, owner, picture?.id);
    return picture ? [{ tag: "picture", attrs: { id: picture.id } }] : [];
  },
};

import ipaddr from "ipaddr.js";

/** What the IANA gives out to the public internet; ranges within it that are not are known by name. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * True for global unicast addresses only. An IPv6 address that embeds an IPv4 one (mapped, NAT64,
 * 6to4, Teredo) is not public whatever it embeds: it would be a way around the rule.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast);
}

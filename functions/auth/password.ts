// scrypt with OWASP's first choice of cost. Node's Argon2 is as good, but still experimental in
// Node 24 and absent from builds against an older OpenSSL; scrypt is there wherever Node is. The
// cost travels in the hash, so it can be raised later without a migration.
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const cost = { ln: 17, r: 8, p: 1 };
const hashBytes = 32;

type Cost = typeof cost;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  const { ln, r, p } = cost;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString("base64")}$${hash.toString("base64")}`;
}

/** Takes the same time for an absent hash, so that nobody learns which emails are registered. */
export async function matchesPassword(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const parts = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored ?? "");
  if (!parts) {
    await derive(password, Buffer.alloc(16), cost);
    return false;
  }
  const [ln, r, p] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const salt = Buffer.from(parts[4] ?? "", "base64");
  const expected = Buffer.from(parts[5] ?? "", "base64");
  const actual = await derive(password, salt, { ln, r, p });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  // scrypt itself needs 128·N·r bytes; Node refuses at exactly that.
  const maxmem = 2 * 128 * N * r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, hashBytes, { N, r, p, maxmem }, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

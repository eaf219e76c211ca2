import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as baileys from "@whiskeysockets/baileys/lib/WABinary/jid-utils.js";
import { expect, test } from "vitest";
import * as ours from "../decode-jid.ts";

const { jidDecode } = ours;
const run = promisify(execFile);

const users = ["", "49170123", "49170123_1", "49170123_1_2", "_", "_3", "1_", "a_b", "12-34"];
const devices = ["", ":", ":0", ":7", ":99", ":7:8", ":x", ":_4"];
const servers = ["", "@", "@s.whatsapp.net", "@lid", "@hosted", "@hosted.lid", "@g.us", "@a@b:1_2"];

test("JIDs are taken apart as Baileys does it, whatever is in them", () => {
  expect(baileys.jidDecode).not.toBe(jidDecode);
  for (const user of users) {
    for (const device of devices) {
      for (const server of servers) {
        const jid = `${user}${device}${server}`;
        expect(jidDecode(jid), jid).toEqual(baileys.jidDecode(jid));
      }
    }
  }
  for (const none of [undefined, null, 7] as unknown as undefined[]) {
    expect(jidDecode(none)).toEqual(baileys.jidDecode(none));
  }
});

test("nothing else of the module is missing, or another", () => {
  const theirs = { ...baileys, jidDecode };
  expect({ ...ours }).toEqual(theirs);
});

test("a process that loads the runner's Baileys has it decode with this", async () => {
  const script = `
    await import(${JSON.stringify(new URL("../baileys.ts", import.meta.url).href)});
    const { jidDecode, jidEncode, isLidUser } = await import("@whiskeysockets/baileys");
    const ours = await import(${JSON.stringify(new URL("../decode-jid.ts", import.meta.url).href)});
    console.log(jidDecode === ours.jidDecode, jidEncode("1", "lid", 2), isLidUser("1@lid"));
  `;
  const args = ["--input-type=module", "--eval", script];
  const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname });
  expect(stdout.trim()).toBe("true 1:2@lid true");
});

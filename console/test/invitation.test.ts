import { expect, test } from "vitest";
import { invitationToken, isInvitation } from "../access/invitation.ts";

test("an invitation is taken as a link, and as the token alone", () => {
  expect(invitationToken(" https://console.example.com/#/join/eyJ.a%2Bb.c ")).toBe("eyJ.a+b.c");
  expect(invitationToken("eyJ.a.c")).toBe("eyJ.a.c");
});

test("other views are no invitations", () => {
  expect(isInvitation("#/join/eyJ")).toBe(true);
  expect(isInvitation("#/sessions/join/eyJ")).toBe(false);
  expect(isInvitation("")).toBe(false);
});

import { proto } from "@whiskeysockets/baileys/WAProto/index.js";

/** The sessions of a record, each as a record of its own, in the order in which they are tried. */
export const splitRecord = (record: Uint8Array): Uint8Array[] => {
  const { currentSession, previousSessions } = proto.RecordStructure.decode(record);
  return [...(currentSession ? [currentSession] : []), ...previousSessions].map((session) =>
    encode({ currentSession: session }),
  );
};

/** The record in which the session of the first one is open, and those of the others are archived. */
export const joinRecords = ([open, ...archived]: Uint8Array[]): Uint8Array =>
  encode({
    ...(open && { currentSession: sessionOf(open) }),
    previousSessions: archived.map(sessionOf),
  });

const sessionOf = (record: Uint8Array): proto.ISessionStructure =>
  proto.RecordStructure.decode(record).currentSession ?? {};

const encode = (record: proto.IRecordStructure): Uint8Array =>
  proto.RecordStructure.encode(record).finish();

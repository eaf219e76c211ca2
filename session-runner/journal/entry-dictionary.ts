/**
 * Text that nearly every entry contains, so that deflate need not spell it out: it brings one sent
 * message's two Signal sessions under DynamoDB's 1 KB write unit. Entries of version 1 can be read
 * only with exactly these bytes: never edit it, add a version with another one.
 */
export const entryDictionary = Buffer.from(
  [
    '{"keys":{"lid-mapping":{"_reverse":"device-list":{"[\\"0\\"]","[\\"0\\",\\"1\\"]"',
    '"identity-key":{"pre-key":{"sender-key":{"sender-key-memory":{"tctoken":{"app-state-sync-key":{',
    '},"received":[{"key":"@s.whatsapp.net|@lid|","digest":"","plaintext":""}],"published":"',
    '"events":[{"type":"message.received","data":{"messageId":"msg_","whatsappId":"3EB0","chat":{"id":"',
    '@s.whatsapp.net","phone":"+","lid":"@lid"},"from":{"id":"@lid","phone":"+","lid":"@lid"},"fromMe":false,',
    '"pushName":"","sentAt":"2026-01-01T00:00:00.000Z","content":{"type":"text","text":{"body":""}}},"id":"evt_',
    '","cursor":"1.1","sessionId":"ses_01","accountId":"acc_01","at":"2026-01-01T00:00:00.000Z"}],"receipted":["',
    '"session":{"_1.0":"{\\"_sessions\\":{\\"B',
    '\\":{\\"registrationId\\":1,\\"currentRatchet\\":{\\"ephemeralKeyPair\\":{\\"pubKey\\":\\"B',
    '\\",\\"privKey\\":\\"=\\"},\\"lastRemoteEphemeralKey\\":\\"B',
    '\\",\\"previousCounter\\":0,\\"rootKey\\":\\"=\\"},\\"indexInfo\\":{\\"baseKey\\":\\"B',
    '\\",\\"baseKeyType\\":1,\\"baseKeyType\\":2,\\"closed\\":-1,\\"used\\":1790000000000,\\"created\\":1790000000000,',
    '\\"remoteIdentityKey\\":\\"B\\"},\\"_chains\\":{\\"B\\":{\\"chainKey\\":{\\"counter\\":-1,\\"key\\":\\"',
    '=\\"},\\"chainType\\":2,\\"messageKeys\\":{}},\\"B\\":{\\"chainKey\\":{\\"counter\\":1,\\"key\\":\\"=\\"},\\"chainType\\":1,',
    '\\"messageKeys\\":{}}},\\"pendingPreKey\\":{\\"signedKeyId\\":1,\\"baseKey\\":\\"B\\",\\"preKeyId\\":1}}},\\"version\\":\\"v1\\"}"',
  ].join(""),
);

/** What the one local deployment calls its things. */
export const stage = "wafleet";
export const bucketOwner = "local";
export const keyAlias = `alias/${stage}`;
export const operatorSecretName = `${stage}-operator-secret`;
export const tokenSecretName = `${stage}-token-secret`;

import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { s3Error } from "./s3-error.ts";

export type Credentials = { accessKeyId: string; secretAccessKey: string };

export type SignedRequest = {
  method: string;
  /** As it stands in the request line, still encoded. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
};

type Claim = {
  accessKeyId: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  signedAt: Date;
  expiresInSeconds?: number;
};

const maxSkewMs = 15 * 60_000;
const maxExpirySeconds = 7 * 24 * 3600;

/** Throws S3's own error unless the request was signed with these credentials and still holds. */
export async function verifySignature(
  request: SignedRequest,
  credentials: Credentials,
  now: number,
): Promise<void> {
  const claim = readClaim(request);
  checkTime(claim, now);
  if (claim.accessKeyId !== credentials.accessKeyId) throw s3Error("InvalidAccessKeyId");
  const unsigned = Object.keys(request.headers).filter(
    (name) => !claim.signedHeaders.includes(name),
  );
  if (!claim.signedHeaders.includes("host") || unsigned.some((name) => name.startsWith("x-amz-"))) {
    throw s3Error(
      "AccessDenied",
      `There were headers present in the request which were not signed: ${unsigned.join(", ")}`,
    );
  }
  const expected = await expectedSignature(request, credentials, claim, unsigned);
  if (expected !== claim.signature) throw s3Error("SignatureDoesNotMatch");
}

async function expectedSignature(
  request: SignedRequest,
  credentials: Credentials,
  claim: Claim,
  unsigned: string[],
): Promise<string | undefined> {
  const signer = new SignatureV4({
    credentials,
    region: claim.region,
    service: claim.service,
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: false,
  });
  const isPresigned = claim.expiresInSeconds !== undefined;
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: "http:",
      hostname: "",
      path: request.path,
      query: request.query,
      headers: {
        // What a presigned URL's signature takes for the body's hash, without being a header.
        ...(isPresigned && { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" }),
        ...request.headers,
      },
    },
    {
      signingDate: claim.signedAt,
      signableHeaders: new Set(claim.signedHeaders),
      unsignableHeaders: new Set([
        ...unsigned,
        ...["x-amz-date", "x-amz-content-sha256"].filter(
          (name) => !claim.signedHeaders.includes(name),
        ),
      ]),
    },
  );
  return /Signature=([0-9a-f]+)$/.exec(signed.headers["authorization"] ?? "")?.[1];
}

function readClaim(request: SignedRequest): Claim {
  const { headers, query } = request;
  if (query["X-Amz-Signature"] !== undefined) {
    const expires = Number(query["X-Amz-Expires"]);
    if (!Number.isInteger(expires) || expires < 1 || expires > maxExpirySeconds) {
      throw s3Error("AuthorizationQueryParametersError", "X-Amz-Expires must be 1 to 604800");
    }
    return toClaim(
      query["X-Amz-Algorithm"],
      query["X-Amz-Credential"],
      query["X-Amz-SignedHeaders"],
      query["X-Amz-Signature"],
      query["X-Amz-Date"],
      expires,
    );
  }
  const authorization = headers["authorization"];
  if (authorization === undefined) throw s3Error("AccessDenied");
  const part = (name: string) => new RegExp(`${name}=([^, ]+)`).exec(authorization)?.[1];
  return toClaim(
    authorization.split(" ")[0],
    part("Credential"),
    part("SignedHeaders"),
    part("Signature"),
    headers["x-amz-date"],
  );
}

function toClaim(
  algorithm: string | undefined,
  credential = "",
  signedHeaders = "",
  signature = "",
  date = "",
  expiresInSeconds?: number,
): Claim {
  const [accessKeyId, day, region, service, terminator] = credential.split("/");
  const time = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (
    algorithm !== "AWS4-HMAC-SHA256" ||
    !accessKeyId ||
    !region ||
    service !== "s3" ||
    terminator !== "aws4_request" ||
    !time ||
    day !== date.slice(0, 8)
  ) {
    throw s3Error("AuthorizationQueryParametersError", "Sign with AWS4-HMAC-SHA256 for s3");
  }
  const [, year, month, dayOfMonth, hours, minutes, seconds] = time.map(Number);
  return {
    accessKeyId,
    region,
    service,
    signature,
    signedHeaders: signedHeaders.split(";"),
    signedAt: new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, dayOfMonth, hours, minutes, seconds)),
    ...(expiresInSeconds !== undefined && { expiresInSeconds }),
  };
}

function checkTime(claim: Claim, now: number): void {
  const age = now - claim.signedAt.getTime();
  if (claim.expiresInSeconds === undefined) {
    if (Math.abs(age) > maxSkewMs) throw s3Error("RequestTimeTooSkewed");
    return;
  }
  if (age < -maxSkewMs) throw s3Error("AccessDenied", "Request is not valid yet");
  if (age > claim.expiresInSeconds * 1000) throw s3Error("AccessDenied", "Request has expired");
}

import { Aws, Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { buckets } from "#shared/resources/buckets.ts";
import type { BucketName, BucketResource } from "#shared/resources/buckets.ts";
import { bucketName } from "#shared/resources/names.ts";

export type Buckets = Record<BucketName, Bucket>;

/** Every bucket of the resource table: private, TLS only. */
export function createBuckets(scope: Construct, stage: string, keepData: boolean): Buckets {
  const owner = `${Aws.ACCOUNT_ID}-${Aws.REGION}`;
  const made = Object.entries<BucketResource>(buckets).map(([name, { expireAfterDays }]) => {
    const bucket = new Bucket(scope, `${name}-bucket`, {
      bucketName: bucketName(stage, name as BucketName, owner),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          ...(expireAfterDays !== null && { expiration: Duration.days(expireAfterDays) }),
        },
      ],
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Roles of ours alone reach it, and who holds a link that they made and that ends soon: access logs would cost a request and storage for each object, and say only that.",
    });
    return [name, bucket];
  });
  return Object.fromEntries(made) as Buckets;
}

/** Lets pages of these origins use the links that the API hands out; whoever has no link gets no further. */
export function openToPages(made: Buckets, allowedOrigins: string[]): void {
  if (allowedOrigins.length === 0) return;
  for (const [name, { pageAccess }] of Object.entries<BucketResource>(buckets)) {
    if (!pageAccess) continue;
    made[name as BucketName].addCorsRule({
      allowedOrigins,
      allowedMethods: pageAccess.methods.map((method) => HttpMethods[method as HttpMethods]),
      allowedHeaders: [...pageAccess.headers],
      exposedHeaders: [...pageAccess.exposed],
      maxAge: pageAccess.maxAgeSeconds,
    });
  }
}

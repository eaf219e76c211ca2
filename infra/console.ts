import { existsSync } from "node:fs";
import { join } from "node:path";
import { Duration, Fn, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { asFinding } from "./acknowledge-wildcard.ts";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { Construct } from "constructs";
import { pageMarkHeader } from "#shared/resources/page-access.ts";
import { consoleHeaders, consolePolicy } from "#shared/console-headers.ts";
import { pageMark } from "./page-mark.ts";
import { bucketName } from "#shared/resources/names.ts";

export type ConsoleOptions = {
  stage: string;
  /** The built page. */
  folder: string;
  api: HttpApi;
  socketUrl: string;
  /** Of scope CLOUDFRONT. */
  webAclArn: string | undefined;
};

/**
 * The page in a bucket that only CloudFront reads, with the API beside it under the same name, so
 * that no other origin has to be let in. Nothing of it costs anything while nobody looks.
 * @throws {RangeError} when there is no page in the folder
 */
export function hostConsole(scope: Construct, options: ConsoleOptions): Distribution {
  const { stage, folder, api, socketUrl, webAclArn } = options;
  if (!existsSync(join(folder, "index.html"))) {
    throw new RangeError(
      `there is no index.html in ${folder}: set consoleFolder to what \`npm run console\` prints, or to nothing`,
    );
  }
  const bucket = createBucket(scope);
  const apiOrigin = new HttpOrigin(Fn.select(2, Fn.split("/", api.apiEndpoint)), {
    customHeaders: { [pageMarkHeader]: pageMark() },
  });
  const toApi = {
    origin: apiOrigin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  };
  const distribution = new Distribution(scope, "console", {
    comment: `${stage}: console`,
    defaultRootObject: "index.html",
    httpVersion: HttpVersion.HTTP2_AND_3,
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: securityHeaders(scope, stage, socketUrl),
    },
    additionalBehaviors: { "/v1/*": toApi, "/docs": toApi, "/openapi.json": toApi },
    ...(webAclArn !== undefined && { webAclId: webAclArn }),
  });
  const apiUrl = `https://${distribution.distributionDomainName}`;
  const places = { apiUrl, socketUrl, hasSimulator: false };
  const files = new BucketDeployment(scope, "console-files", {
    destinationBucket: bucket,
    distribution,
    // The API is beside the page; where the WebSocket is, this file says.
    sources: [Source.asset(folder), Source.jsonData("places.json", places)],
    cacheControl: [CacheControl.maxAge(Duration.minutes(5))],
  });
  acknowledgeConsole(distribution);
  acknowledgeUpload(files, bucket);
  return distribution;
}

function createBucket(scope: Construct): IBucket {
  const bucket = new Bucket(scope, "console-bucket", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    // What is in it is deployed again at any time.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason: "Holds a public page and nothing else; CloudFront is its only reader.",
  });
  // The cast is for exactOptionalPropertyTypes, which the library was not written for.
  return bucket as IBucket;
}

/** Files go to these buckets and come from them by links that the API hands out. */
function bucketOrigin(scope: Construct, stage: string, name: "media" | "bundles"): string {
  const { account, region, urlSuffix } = Stack.of(scope);
  return `https://${bucketName(stage, name, `${account}-${region}`)}.s3.${region}.${urlSuffix}`;
}

function securityHeaders(scope: Construct, stage: string, socketUrl: string) {
  const media = bucketOrigin(scope, stage, "media");
  const talksTo = [socketUrl, media, bucketOrigin(scope, stage, "bundles")];
  return new ResponseHeadersPolicy(scope, "console-headers", {
    // CloudFront's names count in all regions.
    responseHeadersPolicyName: `${stage}-console-${Stack.of(scope).region}`,
    customHeadersBehavior: {
      customHeaders: Object.entries(consoleHeaders).map(([header, value]) => ({
        header,
        value,
        override: true,
      })),
    },
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        override: true,
        contentSecurityPolicy: consolePolicy({ talksTo, showsFrom: [media] }),
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(365),
        includeSubdomains: true,
        override: true,
      },
    },
  });
}

function acknowledgeConsole(distribution: Distribution): void {
  Validations.of(distribution).acknowledge(
    { id: "AwsSolutions-CFR1", reason: "The API has customers everywhere." },
    {
      id: "AwsSolutions-CFR2",
      reason: "A firewall costs from $5 a month: it is a setting, off by default.",
    },
    {
      id: "AwsSolutions-CFR3",
      reason: "The API logs each request by its route; the page holds nothing to watch over.",
    },
    {
      id: "AwsSolutions-CFR4",
      reason: "CloudFront's own name comes with its own policy, which nothing of ours can tighten.",
    },
  );
}

/** CDK's own Lambda, which copies the page into its bucket while deploying. */
function acknowledgeUpload({ handlerRole }: BucketDeployment, bucket: IBucket): void {
  const reason = "CDK's uploader, made by CDK: it runs while deploying and reaches two buckets.";
  const { scope: uploader } = handlerRole.node;
  const actions = ["s3:GetObject*", "s3:GetBucket*", "s3:List*", "s3:DeleteObject*", "s3:Abort*"];
  const { partition, account, region } = Stack.of(handlerRole);
  const assets = `arn:${partition}:s3:::cdk-hnb659fds-assets-${account}-${region}/*`;
  const basic = `arn:${partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`;
  Validations.of(uploader ?? handlerRole).acknowledge(
    ...actions.map((action) => ({ id: `AwsSolutions-IAM5[Action::${action}]`, reason })),
    { id: `AwsSolutions-IAM5[Resource::${asFinding(handlerRole, assets)}]`, reason },
    {
      id: `AwsSolutions-IAM5[Resource::${asFinding(handlerRole, bucket.arnForObjects("*"))}]`,
      reason,
    },
    { id: "AwsSolutions-IAM5[Resource::*]", reason },
    { id: `AwsSolutions-IAM4[Policy::${asFinding(handlerRole, basic)}]`, reason },
    { id: "AwsSolutions-L1", reason },
  );
}

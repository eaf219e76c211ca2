import { AwsError } from "../stand-in/aws-error.ts";

/**
 * SQS names an error twice: by its shape in the body, and by the name it had in the old query
 * protocol in a header, which is the one the SDK shows as `Code`.
 */
const shapes = {
  BatchEntryIdsNotDistinct: { queryCode: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct" },
  BatchRequestTooLong: { queryCode: "AWS.SimpleQueueService.BatchRequestTooLong" },
  EmptyBatchRequest: { queryCode: "AWS.SimpleQueueService.EmptyBatchRequest" },
  InvalidAddress: { queryCode: "InvalidAddress", status: 404 },
  InvalidAttributeName: { queryCode: "InvalidAttributeName" },
  InvalidAttributeValue: { queryCode: "InvalidAttributeValue" },
  InvalidBatchEntryId: { queryCode: "AWS.SimpleQueueService.InvalidBatchEntryId" },
  InvalidMessageContents: { queryCode: "InvalidMessageContents" },
  InvalidParameterValueException: { queryCode: "InvalidParameterValue" },
  MessageNotInflight: { queryCode: "AWS.SimpleQueueService.MessageNotInflight" },
  MissingRequiredParameterException: { queryCode: "MissingParameter" },
  OverLimit: { queryCode: "OverLimit", status: 403 },
  PurgeQueueInProgress: {
    queryCode: "AWS.SimpleQueueService.PurgeQueueInProgress",
    status: 403,
  },
  QueueDoesNotExist: { queryCode: "AWS.SimpleQueueService.NonExistentQueue" },
  QueueNameExists: { queryCode: "QueueAlreadyExists" },
  ReceiptHandleIsInvalid: { queryCode: "ReceiptHandleIsInvalid", status: 404 },
  RequestThrottled: { queryCode: "RequestThrottled", status: 403 },
  ResourceNotFoundException: { queryCode: "ResourceNotFoundException", status: 404 },
  TooManyEntriesInBatchRequest: {
    queryCode: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
  },
  UnsupportedOperation: { queryCode: "AWS.SimpleQueueService.UnsupportedOperation" },
} as const;

/** An error as SQS answers it. */
export function sqsError(shape: keyof typeof shapes, message: string): AwsError {
  return new AwsError(shape, message, shapes[shape]);
}

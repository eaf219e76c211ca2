import type { PostAnswer } from "./post.ts";

export function isSuccess(answer: PostAnswer): boolean {
  return "status" in answer && answer.status >= 200 && answer.status < 300;
}

import type { Message } from "../../live/chats.ts";
import type { Names } from "../../live/contact-names.ts";
import { texts } from "../../texts/texts.ts";

type PollProps = {
  message: Message;
  poll: { question: string; options: string[]; maxAnswers: number };
  names: Names;
};

/** A question, its answers, and who has chosen which so far. */
export function Poll({ message: { votes }, poll, names }: PollProps) {
  const words = texts.conversations;
  const voters = Math.max(1, votes.filter(({ options }) => options.length > 0).length);
  return (
    <div class="poll">
      <p>
        <strong>{poll.question}</strong>
      </p>
      {poll.maxAnswers > 1 && <p class="hint">{words.several}</p>}
      <ul>
        {poll.options.map((option) => {
          const chosen = votes.filter(({ options }) => options.includes(option));
          return (
            <li key={option}>
              <span>{option}</span> <span class="hint">{words.votes(chosen.length)}</span>
              <meter value={chosen.length} max={voters} aria-label={option} />
              {chosen.length > 0 && (
                <span class="hint">{chosen.map(({ from }) => names.of(from)).join(", ")}</span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

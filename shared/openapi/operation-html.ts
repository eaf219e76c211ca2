import { escapeHtml } from "./escape-html.ts";
import { codeHtml } from "./code-html.ts";
import type { Content, Operation, Parameter } from "./operation.ts";

/** One operation, folded. */
export function operationHtml(shown: {
  path: string;
  method: string;
  operation: Operation;
}): string {
  const { path, method, operation } = shown;
  const { parameters, requestBody, responses } = operation;
  const answers = Object.entries(responses).map(
    ([status, { description, content }]) =>
      `<tr><td>${status}</td><td>${marked(description)}${status < "400" ? contentHtml(content) : ""}</td></tr>`,
  );
  return [
    `<details id="${operation.operationId}"><summary><b>${method.toUpperCase()}</b>`,
    `<code>${escapeHtml(path)}</code> ${escapeHtml(operation.summary)}</summary>`,
    `<p>${marked(operation.description)}</p>`,
    parameters.length > 0 ? `<table>${parameters.map(parameterHtml).join("")}</table>` : "",
    requestBody ? `<h4>Body</h4>${contentHtml(requestBody.content)}` : "",
    `<h4>Answers</h4><table>${answers.join("")}</table></details>`,
  ].join("");
}

function parameterHtml({ name, in: place, required, description = "" }: Parameter): string {
  const need = required ? "" : ", optional";
  return `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}${need}</td><td>${marked(description)}</td></tr>`;
}

function contentHtml(content: Content = {}): string {
  return Object.entries(content)
    .map(([type, { schema, example }]) => {
      const shown = example === undefined ? "" : codeHtml(example);
      if (!type.endsWith("json")) return `<p><code>${escapeHtml(type)}</code></p>`;
      return `${shown}<details><summary>schema</summary>${codeHtml(schema)}</details>`;
    })
    .join("");
}

/** Text in which backquotes mark code. */
function marked(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

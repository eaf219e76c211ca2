// `npm run openapi`: the API's document as it is committed, from the route table.
import { writeFile } from "node:fs/promises";
import { openApiText } from "#shared/openapi/open-api-text.ts";

await writeFile(new URL("../docs/openapi.json", import.meta.url), openApiText());

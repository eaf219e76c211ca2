import { enterCode, scan, unlink } from "./control.js";
import { element } from "./element.js";
import { attempt } from "./problem.js";

const deviceRow = (number, { device, online, linkedAt }) =>
  element(
    "li",
    { className: "device" },
    element(
      "span",
      { className: "about" },
      element("strong", {}, `Device ${device}`),
      element(
        "span",
        { className: "last" },
        `${online ? "online" : "offline"} · since ${new Date(linkedAt).toLocaleString()}`,
      ),
    ),
    element(
      "button",
      { type: "button", onclick: () => attempt(() => unlink(number, device)) },
      "Unlink",
    ),
  );

const pendingRow = (number, { ref, connection, name, scannable }) =>
  element(
    "li",
    { className: "device" },
    element(
      "span",
      { className: "about" },
      element("strong", {}, name ?? `Client ${connection}`),
      element(
        "span",
        { className: "last" },
        scannable ? "shows a code" : "shows a code: paste its text below",
      ),
    ),
    scannable
      ? element(
          "button",
          { type: "button", onclick: () => attempt(() => scan(number, { ref })) },
          "Scan",
        )
      : undefined,
  );

const lineForm = (label, button, field, submit) => {
  const form = element(
    "form",
    { className: "line", autocomplete: "off" },
    element("label", {}, label, field),
    element("button", {}, button),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt(() => submit(field.value.trim()))) field.value = "";
  });
  return form;
};

/** Linked devices: those there are, those that wait, and the ways to link one. */
export const makeDevices = (number) => {
  const linked = element("ul", { className: "rows" });
  const none = element("p", { className: "hint" }, "No linked devices.");
  const pending = element("ul", { className: "rows" });
  const root = element(
    "div",
    { className: "screen devices" },
    linked,
    none,
    element("h4", {}, "Link a device"),
    pending,
    lineForm(
      "Text of a QR code",
      "Scan",
      element("textarea", { name: "qr", rows: 3, required: true, spellcheck: false }),
      (qr) => scan(number, { qr }),
    ),
    lineForm(
      "Or its eight-character code",
      "Link",
      element("input", { name: "code", required: true, maxLength: 9, spellcheck: false }),
      (code) => enterCode(number, code),
    ),
  );

  const update = (devices, qrs) => {
    const companions = devices.filter(({ device }) => device !== 0);
    linked.replaceChildren(...companions.map((device) => deviceRow(number, device)));
    none.hidden = companions.length > 0;
    pending.replaceChildren(...qrs.map((qr) => pendingRow(number, qr)));
  };
  return { root, update };
};

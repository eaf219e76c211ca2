const shownMs = 8_000;
let timer;

const show = (text) => {
  document.getElementById("problem").textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => show(""), text === "" ? 0 : shownMs);
  if (text === "") clearTimeout(timer);
};

/** Runs what a person asked for; says so when the server refuses. */
export const attempt = async (work) => {
  try {
    return await work();
  } catch (error) {
    show(error.message);
    return undefined;
  }
};

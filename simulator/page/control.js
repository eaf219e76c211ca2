const call = async (method, path, body) => {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? response.statusText);
  return answer;
};

const phonePath = (number, rest) => `/control/phones/${encodeURIComponent(number)}/${rest}`;

export const listPhones = () => call("GET", "/control/phones");
export const listQrs = () => call("GET", "/control/qrs");
export const findAddress = () => call("GET", "/control/root");
export const createPhone = (phone) => call("POST", "/control/phones", phone);
export const listChats = (number) => call("GET", phonePath(number, "chats"));
export const scan = (number, code) => call("POST", phonePath(number, "scan"), code);
export const enterCode = (number, code) =>
  call("POST", phonePath(number, "pairing-code"), { code });
export const unlink = (number, device) => call("DELETE", phonePath(number, `devices/${device}`));
export const say = (number, to, text) => call("POST", phonePath(number, "messages"), { to, text });
export const tellTyping = (number, to, state) =>
  call("POST", phonePath(number, "typing"), { to, state });
export const read = (number, id) =>
  call("POST", phonePath(number, `messages/${encodeURIComponent(id)}/read`));

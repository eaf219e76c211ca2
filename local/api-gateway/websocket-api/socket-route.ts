export type SocketRoute = {
  /** `$connect`, `$disconnect`, `$default` or a value of the selection expression. */
  routeKey: string;
  lambda: string;
  /** Sends the body that the function returns back to the client, as a route response does. */
  routeResponse?: boolean;
};

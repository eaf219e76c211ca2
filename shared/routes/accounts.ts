import { loginBody, meSchema, registerBody, signedInSchema } from "../contracts/account.ts";
import { defineRoute } from "./define-route.ts";

export const accountRoutes = {
  register: defineRoute({
    name: "register",
    method: "POST",
    path: "/v1/auth/register",
    lambda: "accounts",
    summary: "Make an account and its first user",
    auth: { access: "public", why: "there is no account yet" },
    body: registerBody,
    responses: { 201: { description: "Registered and signed in", body: signedInSchema } },
    faults: ["email_taken"],
  }),
  login: defineRoute({
    name: "login",
    method: "POST",
    path: "/v1/auth/login",
    lambda: "accounts",
    summary: "Sign in",
    auth: { access: "public", why: "this is how one gets a token" },
    body: loginBody,
    responses: { 200: { description: "Signed in", body: signedInSchema } },
    faults: ["invalid_credentials"],
  }),
  getMe: defineRoute({
    name: "getMe",
    method: "GET",
    path: "/v1/me",
    lambda: "accounts",
    summary: "The account and user behind the credential",
    auth: { access: "scope", scope: "account:read" },
    responses: { 200: { description: "Who you are", body: meSchema } },
    faults: [],
  }),
};

import type { Phone } from "../phone/phone.ts";
import type { Simulator } from "../simulator.ts";
import { notFound } from "./http-error.ts";
import type { ControlRequest } from "./route.ts";

const requirePhone = (simulator: Simulator, number: string): Phone => {
  const phone = simulator.phone(number);
  if (!phone) throw notFound(`there is no phone ${number}: create it with POST /control/phones`);
  return phone;
};

/** The phone that the path names. */
export const phoneOf = ({ simulator, params }: ControlRequest): Phone =>
  requirePhone(simulator, params["number"] ?? "");

// The profile the forms read: the store's own, its missing parts taken from a fresh installation.
import stock from "virtual:stock";
import type { Profile } from "./profile.ts";

export function profileOf(text: string): Profile {
  if (text === "") return stock;
  try {
    return { ...stock, ...(JSON.parse(text) as Profile) };
  } catch {
    return stock;
  }
}

import { useTranslation } from "react-i18next";
import { type Format, formatFor } from "./format.ts";

/** Numbers and dates in the language of the page. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatFor(i18n.language);
}

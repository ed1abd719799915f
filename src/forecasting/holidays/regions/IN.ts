// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["IN"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["Republic Day", "*", "01-26"],
  ["Good Friday", "*", "easter-2"],
  ["Ambedkar Jayanti", "*", "04-14"],
  ["Independence Day", "*", "08-15"],
  ["Gandhi Jayanti", "*", "10-02"],
  ["Christmas Day", "*", "12-25"],
];

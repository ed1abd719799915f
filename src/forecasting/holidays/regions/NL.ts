// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["NL"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Easter Sunday", "*", "easter+0"],
  ["Easter Monday", "*", "easter+1"],
  ["Queen's Day", "*", "1999-04-30 2000-04-29 04-30/2001-2005 2006-04-29 04-30/2007-2013"],
  ["Ascension Day", "*", "easter+39"],
  ["Pentecost", "*", "easter+49"],
  ["Whit Monday", "*", "easter+50"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
  ["King's Day", "*", "2014-04-26 04-27/2015-2024 2025-04-26 04-27/2026-2030 2031-04-26 04-27/2032-"],
  ["Liberation Day", "*", "2000-05-05 2010-05-05 2015-05-05 2020-05-05 2025-05-05 2030-05-05 2035-05-05"],
];

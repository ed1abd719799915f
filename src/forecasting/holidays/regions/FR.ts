// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["FR"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Easter Monday", "*", "easter+1"],
  ["Labour Day", "*", "05-01"],
  ["Victory Day", "*", "05-08"],
  ["Ascension Day", "*", "easter+39"],
  ["Whit Monday", "*", "easter+50"],
  ["Bastille Day", "*", "07-14"],
  ["Assumption", "*", "08-15"],
  ["All Saints' Day", "*", "11-01"],
  ["Armistice Day", "*", "11-11"],
  ["Christmas Day", "*", "12-25"],
];

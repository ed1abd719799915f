// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["AT"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Epiphany", "*", "01-06"],
  ["Easter Monday", "*", "easter+1"],
  ["Staatsfeiertag", "*", "05-01"],
  ["Ascension Day", "*", "easter+39"],
  ["Whit Monday", "*", "easter+50"],
  ["Corpus Christi", "*", "easter+60"],
  ["Assumption", "*", "08-15"],
  ["National Holiday", "*", "10-26"],
  ["All Saints' Day", "*", "11-01"],
  ["Immaculate Conception", "*", "12-08"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
];

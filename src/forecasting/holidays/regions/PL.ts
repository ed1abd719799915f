// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["PL"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Easter Sunday", "*", "easter+0"],
  ["Easter Monday", "*", "easter+1"],
  ["Labour Day", "*", "05-01"],
  ["Constitution Day", "*", "05-03"],
  ["Pentecost", "*", "easter+49"],
  ["Corpus Christi", "*", "easter+60"],
  ["Assumption", "*", "08-15"],
  ["All Saints' Day", "*", "11-01"],
  ["Independence Day", "*", "11-11"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
  ["Epiphany", "*", "01-06/2011-"],
  ["Christmas Eve", "*", "12-24/2025-"],
  ["National Independence Day - 100th anniversary", "*", "2018-11-12"],
];

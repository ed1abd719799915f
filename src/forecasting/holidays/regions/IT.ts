// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["IT"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Epiphany", "*", "01-06"],
  ["Easter Sunday", "*", "easter+0"],
  ["Easter Monday", "*", "easter+1"],
  ["Liberation from Nazi-Fascism (1945)", "*", "04-25"],
  ["Labour Day", "*", "05-01"],
  ["Republic Day", "*", "06-02"],
  ["Assumption", "*", "08-15"],
  ["All Saints' Day", "*", "11-01"],
  ["Immaculate Conception", "*", "12-08"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
  ["National Day 2011", "*", "2011-03-17"],
  ["National Day of Saint Francis of Assisi", "*", "10-04/2026-"],
];

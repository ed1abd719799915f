// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["CZ"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Good Friday", "*", "easter-2/2016-"],
  ["Easter Monday", "*", "easter+1"],
  ["Labour Day", "*", "05-01"],
  ["Liberation Day", "*", "05-08"],
  ["Saints Cyril and Methodius Day", "*", "07-05"],
  ["Jan Hus Day", "*", "07-06"],
  ["St. Wenceslas Day (Czech Statehood Day)", "*", "09-28"],
  ["Independent Czechoslovak State Day", "*", "10-28"],
  ["Struggle for Freedom and Democracy Day", "*", "11-17"],
  ["Christmas Eve", "*", "12-24"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
];

// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["NO"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Maundy Thursday", "*", "easter-3"],
  ["Good Friday", "*", "easter-2"],
  ["Easter Sunday", "*", "easter+0"],
  ["Easter Monday", "*", "easter+1"],
  ["Labour Day", "*", "05-01"],
  ["Ascension Day", "*", "easter+39"],
  ["Constitution Day", "*", "05-17"],
  ["Pentecost", "*", "easter+49"],
  ["Whit Monday", "*", "easter+50"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
];

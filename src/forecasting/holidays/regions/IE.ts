// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["IE"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["St. Patrick’s Day", "*", "03-17"],
  ["Easter Monday", "*", "easter+1"],
  ["First Monday in May", "*", "05-1#1"],
  ["First Monday in June", "*", "06-1#1"],
  ["First Monday in August", "*", "08-1#1"],
  ["Last Monday in October", "*", "10-1#-1"],
  ["Christmas Day", "*", "12-25"],
  ["St. Stephen’s Day", "*", "12-26"],
  ["St. Brigid’s Day", "*", "02-1#1/2023-2029 2030-02-01 02-1#1/2031-"],
  ["Day of Remembrance and Recognition", "*", "2022-03-18"],
];

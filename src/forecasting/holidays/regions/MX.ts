// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["MX"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Constitution Day", "*", "02-05/-2005 02-1#1/2006-"],
  ["Benito Juárez's birthday", "*", "03-21/-2006 03-1#3/2007-"],
  ["Labour Day", "*", "05-01"],
  ["Independence Day", "*", "09-16"],
  ["Revolution Day", "*", "11-20/-2005 11-1#3/2006-"],
  ["Christmas Day", "*", "12-25"],
  ["Change of Federal Government", "*", "2000-12-01 2006-12-01 2012-12-01 2018-12-01 2024-10-01 2030-10-01"],
];

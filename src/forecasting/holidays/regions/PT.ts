// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["PT"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Good Friday", "*", "easter-2"],
  ["Easter Sunday", "*", "easter+0"],
  ["Liberty Day", "*", "04-25"],
  ["Labour Day", "*", "05-01"],
  ["Corpus Christi", "*", "easter+60"],
  ["Portugal Day", "*", "06-10"],
  ["Assumption", "*", "08-15"],
  ["Implantação da República", "*", "10-05"],
  ["All Saints' Day", "*", "11-01"],
  ["Restauração da Independência", "*", "12-01"],
  ["Immaculate Conception", "*", "12-08"],
  ["Christmas Day", "*", "12-25"],
];

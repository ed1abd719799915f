// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["FI"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Epiphany", "*", "01-06"],
  ["Good Friday", "*", "easter-2"],
  ["Easter Sunday", "*", "easter+0"],
  ["Easter Monday", "*", "easter+1"],
  ["Labour Day", "*", "05-01"],
  ["Ascension Day", "*", "easter+39"],
  ["Pentecost", "*", "easter+49"],
  [
    "Midsummer Day",
    "*",
    "06-6#4/-2002 2003-06-21 06-6#4/2004-2007 2008-06-21 2009-06-20 06-6#4/2010-2013 2014-06-21 2015-06-20 06-6#4/2016-2019 2020-06-20 06-6#4/2021-2024 2025-06-21 2026-06-20 06-6#4/2027-2030 2031-06-21 06-6#4/2032-",
  ],
  [
    "All Saints' Day",
    "*",
    "11-6#1/-2008 2009-10-31 11-6#1/2010-2014 2015-10-31 11-6#1/2016-2019 2020-10-31 11-6#1/2021-2025 2026-10-31 11-6#1/2027-",
  ],
  ["Independence Day", "*", "12-06"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
  [
    "Midsummer Eve",
    "*",
    "06-5#4/-2001 2002-06-21 2003-06-20 06-5#4/2004-2007 2008-06-20 2009-06-19 06-5#4/2010-2012 06-5#3/2013-2015 06-5#4/2016-2018 2019-06-21 2020-06-19 06-5#4/2021-2023 06-5#3/2024-2026 06-5#4/2027-2029 2030-06-21 2031-06-20 06-5#4/2032-",
  ],
  ["Christmas Eve", "*", "12-24"],
];

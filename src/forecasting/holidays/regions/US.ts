// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["US"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Martin Luther King Jr. Day", "*", "01-1#3"],
  ["Washington's Birthday", "*", "02-1#3"],
  ["Memorial Day", "*", "05-1#-1"],
  ["Independence Day", "*", "07-04"],
  [
    "Independence Day (observed)",
    "*",
    "1999-07-05 2004-07-05 2009-07-03 2010-07-05 2015-07-03 2020-07-03 2021-07-05 2026-07-03 2027-07-05 2032-07-05",
  ],
  ["Labour Day", "*", "09-1#1"],
  ["Columbus Day", "*", "10-1#2"],
  ["Veterans Day", "*", "11-11"],
  ["Thanksgiving Day", "*", "11-4#4"],
  [
    "Christmas Day (observed)",
    "*",
    "1999-12-24 2004-12-24 2005-12-26 2010-12-24 2011-12-26 2016-12-26 2021-12-24 2022-12-26 2027-12-24 2032-12-24 2033-12-26",
  ],
  ["Christmas Day", "*", "12-25"],
  [
    "New Year's Day (observed)",
    "*",
    "1999-12-31 2004-12-31 2006-01-02 2010-12-31 2012-01-02 2017-01-02 2021-12-31 2023-01-02 2027-12-31 2032-12-31 2034-01-02",
  ],
  ["Juneteenth (observed)", "*", "2021-06-18 2022-06-20 2027-06-18 2032-06-18 2033-06-20"],
  ["Juneteenth", "*", "06-19/2021-"],
  [
    "Veterans Day (observed)",
    "*",
    "2000-11-10 2001-11-12 2006-11-10 2007-11-12 2012-11-12 2017-11-10 2018-11-12 2023-11-10 2028-11-10 2029-11-12 2034-11-10 2035-11-12",
  ],
];

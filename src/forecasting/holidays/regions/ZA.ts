// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["ZA"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Human Rights Day", "*", "03-21"],
  [
    "Public Holiday",
    "*",
    "1999-03-22 1999-12-27 2000-09-25 2001-12-17 2002-06-17 2003-04-28 2004-03-22 2004-12-27 2005-05-02 2006-01-02 2006-09-25 2007-12-17 2008-04-28 2009-08-10 2010-03-22 2010-12-27 2011-05-02 2012-01-02 2012-12-17 2013-06-17 2014-04-28 2015-08-10 2016-05-02 2017-01-02 2017-09-25 2018-12-17 2019-06-17 2020-08-10 2021-03-22 2021-12-27 2022-05-02 2023-01-02 2023-09-25 2024-06-17 2025-04-28 2026-08-10 2027-03-22 2027-12-27 2028-09-25 2029-12-17 2030-06-17 2031-04-28 2032-03-22 2032-12-27 2033-05-02 2034-01-02 2034-09-25 2035-12-17",
  ],
  ["Good Friday", "*", "easter-2"],
  ["Family Day", "*", "easter+1"],
  ["Freedom Day", "*", "04-27"],
  ["Workers' Day", "*", "05-01"],
  ["Youth Day", "*", "06-16"],
  ["National Women's Day", "*", "08-09"],
  ["Heritage Day", "*", "09-24"],
  ["Day of Reconciliation", "*", "12-16"],
  ["Christmas Day", "*", "12-25"],
  ["Day of Goodwill", "*", "12-26"],
  ["Rugby World Cup Win Public Holiday", "*", "2023-12-15"],
  ["Voting Day", "*", "2024-05-29"],
  [
    "National and Provincial Government Elections",
    "*",
    "1999-06-02 2004-04-14 2009-04-22 2014-05-07 2019-05-08",
  ],
  ["Y2K Changeover", "*", "1999-12-31 2000-01-02"],
  ["Y2K Changeover (observed)", "*", "2000-01-03"],
  ["Local Government Elections", "*", "2006-03-01 2011-05-18 2016-08-03 2026-11-04"],
  ["Public Holiday by Presidential Decree", "*", "2008-05-02 2011-12-27 2016-12-27 2022-12-27"],
  ["Municipal elections", "*", "2021-11-01"],
];

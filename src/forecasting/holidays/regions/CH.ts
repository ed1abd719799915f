// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["CH-ZH", "CH-BE", "CH-GE", "CH-BS"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Good Friday", "*", "easter-2"],
  ["Easter Sunday", "*", "easter+0"],
  ["Easter Monday", "*", "easter+1"],
  ["Labour Day", "CH-ZH CH-BS", "05-01"],
  ["Ascension Day", "*", "easter+39"],
  ["Pentecost", "*", "easter+49"],
  ["Whit Monday", "*", "easter+50"],
  ["Bundesfeiertag", "CH-ZH CH-BE CH-BS", "08-01"],
  ["Federal Day of Thanksgiving, Repentance and Prayer", "CH-ZH CH-BE CH-BS", "09-7#3"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "CH-ZH CH-BE CH-BS", "12-26"],
  ["Berchtoldstag", "CH-BE", "01-02"],
  ["Fête nationale", "CH-GE", "08-01"],
  [
    "Jeûne Genevois",
    "CH-GE",
    "1999-09-09 09-4#1/2000-2002 09-4#2/2003-2005 2006-09-07 2007-09-06 09-4#2/2008-2011 2012-09-06 2013-09-05 09-4#2/2014-2016 09-4#1/2017-2019 09-4#2/2020-2022 2023-09-07 2024-09-05 09-4#2/2025-2027 09-4#1/2028-2030 09-4#2/2031-2033 2034-09-07 2035-09-06",
  ],
  ["Restoration of the Republic", "CH-GE", "12-31"],
];

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePlan } from "../../frame/session-context.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { type Grouping, groupings, type RowFilter, type Sorting, sortings } from "./grid-lines.ts";

/** Pixels of a day, from two months at a glance to quarter-hours; null: as many as make all days fit. */
export const dayWidths = [null, 40, 64, 112, 240, 480, 960, 1920] as const;

/** What chooses and arranges the people of the grid, and how wide a day is. */
export function RosterTools(props: {
  readonly filter: RowFilter;
  readonly onFilter: (part: Partial<RowFilter>) => void;
  readonly grouping: Grouping;
  readonly onGrouping: (grouping: Grouping) => void;
  readonly sorting: Sorting;
  readonly onSorting: (sorting: Sorting) => void;
  /** Names of the groups of rows; none: rows are not grouped. */
  readonly headings: readonly string[];
  readonly isAllClosed: boolean;
  /** Closes these groups and opens the others. */
  readonly onClose: (headings: readonly string[]) => void;
  /** Place in `dayWidths`. */
  readonly zoom: number;
  readonly onZoom: (step: 1 | -1) => void;
}) {
  const { filter, headings, isAllClosed, zoom } = props;
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const teams = useMemo(() => [...new Set(plan.agents.map((agent) => agent.team))].sort(), [plan.agents]);
  const all = { value: "", name: t("filter.all") };
  return (
    <div className="roster-tools">
      <TextField
        label={t("filter.search")}
        type="search"
        value={filter.search}
        onChange={(search) => props.onFilter({ search })}
      />
      <SelectField
        label={t("filter.group")}
        value={filter.groupId}
        options={[all, ...plan.groups.map(({ id, name }) => ({ value: id, name }))]}
        onChange={(groupId) => props.onFilter({ groupId })}
      />
      <SelectField
        label={t("filter.team")}
        value={filter.team}
        options={[all, ...teams.map((name) => ({ value: name, name }))]}
        onChange={(team) => props.onFilter({ team })}
      />
      <SelectField
        label={t("filter.grouping")}
        value={props.grouping}
        options={groupings.map((value) => ({ value, name: t(`grouping.${value}`) }))}
        onChange={props.onGrouping}
      />
      <SelectField
        label={t("filter.sort")}
        value={props.sorting}
        options={sortings.map((value) => ({ value, name: t(`sort.${value}`) }))}
        onChange={props.onSorting}
      />
      <fieldset className="roster-zoom">
        <legend className="sr-only">{t("zoom.label")}</legend>
        {headings.length > 0 && (
          <IconButton
            label={t(isAllClosed ? "heading.openAll" : "heading.closeAll")}
            sign={isAllClosed ? "▸" : "▾"}
            onPress={() => props.onClose(isAllClosed ? [] : headings)}
          />
        )}
        <IconButton label={t("zoom.out")} sign="−" isDisabled={zoom === 0} onPress={() => props.onZoom(-1)} />
        <IconButton
          label={t("zoom.in")}
          sign="+"
          isDisabled={zoom === dayWidths.length - 1}
          onPress={() => props.onZoom(1)}
        />
      </fieldset>
    </div>
  );
}

function IconButton(props: {
  readonly label: string;
  readonly sign: string;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={props.isDisabled}
      onClick={props.onPress}
    >
      {props.sign}
    </button>
  );
}

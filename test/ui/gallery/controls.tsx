import { useState } from "react";
import { Button } from "../../../src/ui/kit/controls/button.tsx";
import { Chip, WeekdayChips } from "../../../src/ui/kit/controls/chips.tsx";
import { ClockField } from "../../../src/ui/kit/controls/clock-field.tsx";
import { ControlGroup } from "../../../src/ui/kit/controls/control-group.tsx";
import { Dialog } from "../../../src/ui/kit/controls/dialog.tsx";
import { EmptyState } from "../../../src/ui/kit/controls/empty-state.tsx";
import { FileButton } from "../../../src/ui/kit/controls/file-button.tsx";
import { NumberField } from "../../../src/ui/kit/controls/number-field.tsx";
import { SegmentedControl } from "../../../src/ui/kit/controls/segmented-control.tsx";
import { SelectField } from "../../../src/ui/kit/controls/select-field.tsx";
import { SliderField } from "../../../src/ui/kit/controls/slider-field.tsx";
import { Switch } from "../../../src/ui/kit/controls/switch.tsx";
import { Tabs } from "../../../src/ui/kit/controls/tabs.tsx";
import { TextField } from "../../../src/ui/kit/controls/text-field.tsx";
import { Specimen, State } from "./specimen.tsx";

const longText = "Share of contacts that are answered within the threshold, of those offered in the interval";
const nothing = () => {};
const options = [
  { value: "voice", name: "Voice" },
  { value: "chat", name: "Chat" },
  { value: "mail", name: "E-mail", disabled: true },
] as const;
type Choice = (typeof options)[number]["value"];

export function ControlSpecimens() {
  return (
    <>
      <Buttons />
      <Choices />
      <NumberFields />
      <Sliders />
      <TextFields />
      <Switches />
      <TabsAndDialogs />
    </>
  );
}

function Buttons() {
  const looks = ["plain", "primary", "quiet", "danger"] as const;
  return (
    <>
      <Specimen name="Button">
        {looks.map((look) => (
          <State key={look} name={look}>
            <Button look={look}>Make shifts</Button>
          </State>
        ))}
        {looks.map((look) => (
          <State key={look} name={`${look}, disabled`}>
            <Button look={look} disabled>
              Make shifts
            </Button>
          </State>
        ))}
        <State name="long text">
          <Button>Make shifts of the requirement again</Button>
        </State>
      </Specimen>
      <Specimen name="FileButton, Chip, WeekdayChips">
        <State name="file button">
          <FileButton label="Choose a file" accept=".csv" onFile={nothing} />
        </State>
        <State name="chips, pressed and not">
          <span className="chip-row">
            <Chip pressed name="Voice" onPress={nothing}>
              Voice
            </Chip>
            <Chip pressed={false} name="Chat" onPress={nothing}>
              Chat
            </Chip>
          </span>
        </State>
        <State name="weekdays">
          <Held start={[1, 2, 3, 4, 5] as number[]}>
            {(value, set) => <WeekdayChips label="Weekdays" value={value} onChange={set} />}
          </Held>
        </State>
      </Specimen>
    </>
  );
}

function Choices() {
  return (
    <>
      <Specimen name="SelectField">
        <State name="normal">
          <Held<Choice> start="voice">
            {(value, set) => (
              <SelectField
                label="Queue"
                value={value}
                options={options}
                onChange={set}
                hint="A hint below."
              />
            )}
          </Held>
        </State>
        <State name="disabled">
          <SelectField label="Queue" value="voice" options={options} onChange={nothing} disabled />
        </State>
        <State name="long text">
          <SelectField
            label={longText}
            value="long"
            options={[{ value: "long", name: longText }]}
            onChange={nothing}
          />
        </State>
      </Specimen>
      <Specimen name="SegmentedControl">
        <State name="normal, one disabled">
          <Held<Choice> start="voice">
            {(value, set) => (
              <SegmentedControl label="Channel" value={value} options={options} onChange={set} />
            )}
          </Held>
        </State>
        <State name="disabled">
          <SegmentedControl label="Channel" value="chat" options={options} onChange={nothing} disabled />
        </State>
      </Specimen>
    </>
  );
}

function NumberFields() {
  return (
    <Specimen name="NumberField">
      <State name="normal, with a unit and a hint">
        <Held start={20}>
          {(value, set) => (
            <NumberField
              label="Answer within"
              unit="seconds"
              value={value}
              onChange={set}
              hint="A hint below."
            />
          )}
        </Held>
      </State>
      <State name="share">
        <Held start={0.8}>
          {(value, set) => <NumberField label="Service level" kind="share" value={value} onChange={set} />}
        </Held>
      </State>
      <State name="money">
        <Held start={24.5}>
          {(value, set) => <NumberField label="Cost per hour" currency="EUR" value={value} onChange={set} />}
        </Held>
      </State>
      <State name="minutes typed as hours">
        <Held start={240}>
          {(value, set) => (
            <NumberField label="Within" unit="hours" scale={1 / 60} step={60} value={value} onChange={set} />
          )}
        </Held>
      </State>
      <State name="empty, where it may be">
        <Held<number | null> start={null}>
          {(value, set) => (
            <NumberField label="Lines" optional placeholder="no limit" value={value} onChange={set} />
          )}
        </Held>
      </State>
      <State name="not a number" typed="many">
        <NumberField label="Agents" value={14} onChange={nothing} />
      </State>
      <State name="above the limit" typed="2000">
        <NumberField label="Agents" kind="whole" min={1} max={1000} value={14} onChange={nothing} />
      </State>
      <State name="empty, where it may not be" typed=" ">
        <NumberField label="Agents" value={14} onChange={nothing} />
      </State>
      <State name="disabled">
        <NumberField label="Answer within" unit="seconds" value={20} onChange={nothing} disabled />
      </State>
      <State name="long text">
        <NumberField label={longText} hint={longText} value={1_234_567.89} onChange={nothing} />
      </State>
    </Specimen>
  );
}

function Sliders() {
  return (
    <Specimen name="SliderField">
      <State name="share">
        <Held start={0.8}>
          {(value, set) => (
            <SliderField label="Service level" kind="share" min={0} max={1} value={value} onChange={set} />
          )}
        </Held>
      </State>
      <State name="typed beyond the slider">
        <Held start={400}>
          {(value, set) => (
            <SliderField
              label="Answer within"
              unit="seconds"
              min={0}
              max={86_400}
              sliderMax={120}
              value={value}
              onChange={set}
            />
          )}
        </Held>
      </State>
      <State name="disabled">
        <SliderField
          label="Service level"
          kind="share"
          min={0}
          max={1}
          value={0.6}
          onChange={nothing}
          disabled
        />
      </State>
      <State name="long text">
        <SliderField label={longText} hint={longText} min={0} max={10} value={3} onChange={nothing} />
      </State>
    </Specimen>
  );
}

function TextFields() {
  return (
    <Specimen name="TextField, ClockField">
      <State name="normal">
        <Held start="Early shift">
          {(value, set) => <TextField label="Name" value={value} onChange={set} hint="A hint below." />}
        </Held>
      </State>
      <State name="empty">
        <TextField label="Search" type="search" value="" placeholder="Name or number" onChange={nothing} />
      </State>
      <State name="error">
        <TextField label="Name" value="" error="A template needs a name." onChange={nothing} />
      </State>
      <State name="disabled">
        <TextField label="Name" value="Early shift" onChange={nothing} disabled />
      </State>
      <State name="date">
        <TextField label="First day" type="date" value="2026-11-02" onChange={nothing} />
      </State>
      <State name="time">
        <Held start={450}>{(value, set) => <ClockField label="From" minute={value} onChange={set} />}</Held>
      </State>
      <State name="time, empty">
        <ClockField optional label="From" minute={null} onChange={nothing} />
      </State>
      <State name="long text">
        <TextField label={longText} value={longText} onChange={nothing} />
      </State>
    </Specimen>
  );
}

function Switches() {
  return (
    <Specimen name="Switch">
      <State name="normal">
        <Held start={true}>
          {(value, set) => <Switch label="Whole agents" checked={value} onChange={set} />}
        </Held>
      </State>
      <State name="off">
        <Switch label="Whole agents" checked={false} onChange={nothing} />
      </State>
      <State name="disabled">
        <Switch label="Whole agents" checked disabled onChange={nothing} />
      </State>
      <State name="long text">
        <Switch label={longText} checked onChange={nothing} />
      </State>
    </Specimen>
  );
}

function TabsAndDialogs() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Specimen name="Tabs" wide>
        <State name="normal, one disabled">
          <Held<Choice> start="voice">
            {(value, set) => (
              <Tabs label="Views" value={value} tabs={options} onChange={set}>
                <p>The view of {value}.</p>
              </Tabs>
            )}
          </Held>
        </State>
      </Specimen>
      <Specimen name="Dialog, ControlGroup, EmptyState">
        <State name="dialog, opened by the button">
          <Button onClick={() => setOpen(true)}>Delete the plan…</Button>
          <Dialog
            open={open}
            onClose={() => setOpen(false)}
            title="Delete “Autumn plan”?"
            description="This cannot be undone."
            actions={
              <>
                <Button onClick={() => setOpen(false)}>Keep it</Button>
                <Button look="danger" onClick={() => setOpen(false)}>
                  Delete
                </Button>
              </>
            }
          >
            <p>52 weeks of history and three scenarios go with it.</p>
          </Dialog>
        </State>
        <State name="control group">
          <ControlGroup title="Goal">
            <p>What stands in the column of controls.</p>
          </ControlGroup>
        </State>
        <State name="empty state">
          <EmptyState
            title="No shifts yet"
            text="They are made of the requirement."
            action={<Button look="primary">Make shifts</Button>}
          />
        </State>
      </Specimen>
    </>
  );
}

/** A value that the control inside may change. */
function Held<Value>(props: {
  readonly start: Value;
  readonly children: (value: Value, set: (value: Value) => void) => React.ReactNode;
}) {
  const [value, setValue] = useState(props.start);
  return props.children(value, setValue);
}

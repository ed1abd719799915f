import * as Dialog from "@radix-ui/react-dialog";
import { Command } from "cmdk";
import { useTranslation } from "react-i18next";
import { stageOrder } from "../../stages/chain.ts";
import { setTheme, themes } from "../kit/theme/theme.ts";
import { type Language, languages, switchLanguage } from "../kit/words.ts";
import type { FrameActions } from "./frame-actions.ts";
import { pages } from "./page-registry.ts";
import { goTo } from "./route.ts";
import { useDesk, useSession } from "./session-context.tsx";
import "./palette.css";

export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly actions: FrameActions;
}

/** Everything by its name (Ctrl+K): pages, runs, plans, view, language. */
export function Palette(props: PaletteProps) {
  const { t } = useTranslation("frame");
  const { store, runs } = useDesk();
  const undoStep = useSession((state) => state.past.at(-1)?.label ?? null);
  const redoStep = useSession((state) => state.future.at(-1)?.label ?? null);
  const openId = useSession((state) => state.document.plan.id);

  const close = () => props.onOpenChange(false);
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        {/* Not Radix's overlay, which locks scrolling by a style element: the security policy allows none. */}
        <div className="palette-overlay" />
        <Dialog.Content className="palette-box" aria-label={t("palette.title")} aria-describedby={undefined}>
          <Dialog.Title className="sr-only">{t("palette.title")}</Dialog.Title>
          <Command label={t("palette.title")} className="palette">
            <Command.Input placeholder={t("palette.placeholder")} />
            <Command.List>
              <Command.Empty>{t("palette.empty")}</Command.Empty>
              <Command.Group heading={t("palette.pages")}>
                {pages.map((page) => (
                  <Item
                    close={close}
                    key={page.name}
                    words={t(`page.${page.name}`)}
                    also={
                      page.name === "setup" ||
                      page.name === "people" ||
                      page.name === "leave" ||
                      page.name === "day" ||
                      page.name === "periods"
                        ? t(`palette.${page.name}Words`).split(", ")
                        : undefined
                    }
                    act={() => goTo(page.name)}
                  />
                ))}
              </Command.Group>
              <Command.Group heading={t("palette.run")}>
                <Item
                  close={close}
                  words={t("run.upToDate")}
                  keys="Ctrl Enter"
                  act={() => void runs.bringUpToDate()}
                />
                {stageOrder.map((stage) => (
                  <Item
                    close={close}
                    key={stage}
                    words={t("palette.runStage", { stage: t(`stage.${stage}`) })}
                    act={() => void runs.run(stage)}
                  />
                ))}
              </Command.Group>
              <Command.Group heading={t("palette.edit")}>
                {undoStep ? (
                  <Item
                    close={close}
                    words={`${t("bar.undo")}: ${t(undoStep)}`}
                    keys="Ctrl Z"
                    act={() => store.undo()}
                  />
                ) : null}
                {redoStep ? (
                  <Item
                    close={close}
                    words={`${t("bar.redo")}: ${t(redoStep)}`}
                    keys="Ctrl Shift Z"
                    act={() => store.redo()}
                  />
                ) : null}
                <Item
                  close={close}
                  words={t("palette.openFile")}
                  keys="Ctrl O"
                  act={props.actions.chooseFile}
                />
                <Item
                  close={close}
                  words={t("palette.savePlan")}
                  keys="Ctrl S"
                  act={props.actions.savePlan}
                />
              </Command.Group>
              <Command.Group heading={t("palette.plans")}>
                {props.actions.plans
                  .filter((plan) => plan.id !== openId)
                  .map((plan) => (
                    <Item
                      close={close}
                      key={plan.id}
                      words={t("palette.openPlan", { name: plan.name })}
                      act={() => props.actions.openPlan(plan.id)}
                    />
                  ))}
                <Item close={close} words={t("bar.duplicate")} act={props.actions.duplicatePlan} />
                <Item close={close} words={t("bar.newPlan")} act={props.actions.newPlan} />
              </Command.Group>
              <Command.Group heading={t("palette.view")}>
                <Item close={close} words={t("palette.showDay")} act={() => store.setView({ span: "day" })} />
                <Item
                  close={close}
                  words={t("palette.showWeek")}
                  act={() => store.setView({ span: "week" })}
                />
                <Item
                  close={close}
                  words={t("palette.showFourWeeks")}
                  act={() => store.setView({ span: "fourWeeks" })}
                />
                {themes.map((theme) => (
                  <Item
                    close={close}
                    key={theme}
                    words={t("palette.themeTo", { theme: t(`theme.${theme}`) })}
                    act={() => setTheme(theme)}
                  />
                ))}
                {(Object.keys(languages) as Language[]).map((language) => (
                  <Item
                    close={close}
                    key={language}
                    words={t("palette.languageTo", { language: languages[language] })}
                    act={() => void switchLanguage(language)}
                  />
                ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A command, under its words; the palette closes before it acts. */
function Item(item: {
  readonly words: string;
  readonly keys?: string;
  /** Other words it is found by. */
  readonly also?: readonly string[];
  readonly close: () => void;
  readonly act: () => void;
}) {
  return (
    <Command.Item
      value={item.words}
      keywords={item.also?.slice()}
      onSelect={() => {
        item.close();
        item.act();
      }}
    >
      {item.words}
      {item.keys ? <kbd>{item.keys}</kbd> : null}
    </Command.Item>
  );
}

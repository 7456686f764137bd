import type { FC } from 'hono/jsx';
import type { Block, Field } from '../../../cards/card.ts';

type FormBlock = Extract<Block, { kind: 'form' }>;

/** A card's form. Its values go back under the fields' names; a multi select goes back as a list. */
export const FormView: FC<{ form: FormBlock; id: string }> = ({ form, id }) => (
  <form
    class="form"
    data-action={form.action}
    data-value={JSON.stringify(form.value ?? {})}
    aria-label={form.submit}
  >
    {form.fields.map((field) => (
      <FieldView field={field} id={`${id}-${field.name}`} />
    ))}
    <div class="buttons">
      <button type="submit" class="button is-primary">
        {form.submit}
      </button>
    </div>
  </form>
);

const FieldView: FC<{ field: Field; id: string }> = ({ field, id }) => {
  if (field.kind === 'multi') {
    return (
      <fieldset class="field" data-multi={field.name}>
        <legend>{field.label}</legend>
        <div class="choices">
          {field.options.map((option) => (
            <label class="choice">
              <input
                type="checkbox"
                name={field.name}
                value={option.value}
                checked={field.values?.includes(option.value)}
              />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      </fieldset>
    );
  }
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {field.required ? null : <span class="optional">（可不填）</span>}
      </label>
      <Control field={field} id={id} />
    </div>
  );
};

const Control: FC<{ field: Exclude<Field, { kind: 'multi' }>; id: string }> = ({ field, id }) => {
  if (field.kind === 'select') {
    return (
      <select id={id} name={field.name} required={field.required}>
        <option value="" selected={!field.value}>
          {field.placeholder ?? '请选择'}
        </option>
        {field.options.map((option) => (
          <option value={option.value} selected={option.value === field.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.kind === 'date')
    return <input id={id} name={field.name} type="date" value={field.value} required={field.required} />;
  const shared = {
    id,
    name: field.name,
    placeholder: field.placeholder,
    required: field.required,
    maxlength: field.max ?? 1000,
  };
  return field.multiline ? (
    <textarea {...shared} rows={3}>
      {field.value ?? ''}
    </textarea>
  ) : (
    <input {...shared} type="text" value={field.value} />
  );
};

#include <algorithm>

#include <livery/view/form_page.h>

namespace livery {

namespace {

std::string_view InputType(FormField::Kind kind) {
    switch (kind) {
        case FormField::Kind::kEmail:
            return "email";
        case FormField::Kind::kPassword:
            return "password";
        case FormField::Kind::kCheckbox:
            return "checkbox";
        case FormField::Kind::kDate:
            return "date";
        default:
            return "text";
    }
}

void AddField(const FormField& field, ViewModel& row) {
    const bool select = field.kind == FormField::Kind::kSelect;
    const bool checkbox = field.kind == FormField::Kind::kCheckbox;
    const bool area = field.kind == FormField::Kind::kParagraphs;
    const bool files = field.kind == FormField::Kind::kFiles;
    row.Set("name", field.name)
        .Set("label", field.label)
        .Set("value", field.kind == FormField::Kind::kPassword ? "" : field.value)
        .Set("type", InputType(field.kind))
        .Set("hint", field.hint)
        .Set("autocomplete", field.autocomplete)
        .Set("error", field.error)
        .Flag("has_hint", !field.hint.empty())
        .Flag("has_error", !field.error.empty())
        .Flag("is_digits", field.kind == FormField::Kind::kDigits)
        .Flag("has_autocomplete", !field.autocomplete.empty())
        .Flag("required", field.required)
        .Flag("is_select", select)
        .Flag("is_checkbox", checkbox)
        .Flag("is_area", area)
        .Flag("is_files", files)
        .Set("accept", field.accept)
        .Flag("is_input", !select && !checkbox && !area && !files)
        .Flag("checked", checkbox && !field.value.empty());
    auto& options = row.Rows("options", field.options.size());
    for (const FormField::Option& option : field.options) {
        options.emplace_back()
            .Set("value", option.value)
            .Set("label", option.label)
            .Flag("selected", option.value == field.value);
    }
}

}  // namespace

View ToView(const FormPage& form) {
    View view{"form", form.title, {}, 200, {}};
    ViewModel& model = view.model;
    model.Set("form_title", form.title)
        .Set("intro", form.intro)
        .Flag("has_intro", !form.intro.empty())
        .Set("action", form.action)
        .Set("submit", form.submit)
        .Flag("has_submit", !form.submit.empty())
        .Flag("takes_files", std::any_of(form.fields.begin(), form.fields.end(),
                                         [](const FormField& field) {
                                             return field.kind == FormField::Kind::kFiles;
                                         }))
        .Flag("narrow", form.narrow)
        .Flag("has_back", !form.back.href.empty())
        .Set("back_label", form.back.label)
        .Set("back_href", form.back.href)
        .Flag("has_remove", !form.remove.href.empty())
        .Set("remove_label", form.remove.label)
        .Set("remove_href", form.remove.href)
        .Flag("has_links", !form.links.empty());
    auto& fields = model.Rows("fields", form.fields.size());
    for (const FormField& field : form.fields) {
        AddField(field, fields.emplace_back());
        if (!field.error.empty()) view.errors.push_back({field.name, field.error});
    }
    auto& links = model.Rows("links", form.links.size());
    for (const FormPage::Link& link : form.links)
        links.emplace_back().Set("label", link.label).Set("href", link.href);
    if (!form.alert.empty())
        view.errors.push_back(
            {form.fields.empty() ? "main" : form.fields.front().name, form.alert});
    if (!view.errors.empty()) view.status = 422;
    return view;
}

void ShowErrors(FormPage& form, const Error& error, const Formatter& format) {
    for (const FieldError& wrong : error.fields) {
        const auto same = [&](const FormField& field) { return field.name == wrong.field; };
        const auto field = std::find_if(form.fields.begin(), form.fields.end(), same);
        if (field == form.fields.end()) {
            form.alert = format.Text(wrong.message);
        } else {
            field->error = format.Text(wrong.message);
        }
    }
}

}  // namespace livery

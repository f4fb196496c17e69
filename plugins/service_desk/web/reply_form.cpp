#include "web/reply_form.h"

#include <algorithm>

#include "app/attachments.h"
#include "domain/file_type.h"

namespace livery::service_desk {

namespace {

constexpr const char* kFiles = "files";

std::string SizeText(std::int64_t bytes, const Formatter& t) {
    constexpr std::int64_t kThousand = 1000;
    constexpr std::int64_t kMillion = 1'000'000;
    if (bytes < kThousand) return t.Text("attachments.bytes", {{"count", bytes}});
    if (bytes % kMillion == 0)
        return t.Text("attachments.megabytes", {{"count", bytes / kMillion}});
    return t.Text("attachments.kilobytes", {{"count", (bytes + kThousand / 2) / kThousand}});
}

std::string KindText(const std::string& mime_type, const Formatter& t) {
    const auto type = FileTypeOf(mime_type);
    if (!type) return mime_type;
    return t.Text("file_type." + std::string(ExtensionsOf(*type).front()));
}

// A form that comes back has lost its files: that is how browsers are.
std::string Hint(const RequestContext& r) {
    const AttachmentRules& rules = Attachments::RulesOf(r.tenant());
    const Formatter& t = r.format();
    std::string hint = t.Text("attachments.hint",
                              {{"count", rules.most}, {"size", SizeText(rules.most_bytes, t)}});
    if (!r.request().files.empty()) hint = t.Text("attachments.lost") + " " + hint;
    return hint;
}

std::string Accepted() {
    std::string accepted;
    for (const FileType type : kFileTypes) {
        for (const std::string_view extension : ExtensionsOf(type)) {
            accepted += accepted.empty() ? "." : ",.";
            accepted += extension;
        }
    }
    return accepted;
}

std::string ErrorOf(const Error* error, std::string_view field, const Formatter& t) {
    if (error == nullptr) return "";
    const auto found = std::find_if(error->fields.begin(), error->fields.end(),
                                    [&](const FieldError& one) { return one.field == field; });
    return found == error->fields.end() ? "" : t.Text(found->message);
}

}  // namespace

std::vector<Upload> UploadsOf(const RequestContext& r) {
    std::vector<Upload> uploads;
    for (const UploadedFile& file : r.request().files)
        if (file.field == kFiles) uploads.push_back({file.name, file.content});
    return uploads;
}

bool TakesFiles(const RequestContext& r) { return Attachments::RulesOf(r.tenant()).most > 0; }

void AddReplyForm(const RequestContext& r, const Error* error, View& view) {
    const std::string body = ErrorOf(error, "body", r.format());
    const std::string files = ErrorOf(error, kFiles, r.format());
    view.model.Set("body", error == nullptr ? "" : r.Form("body"))
        .Set("body_error", body)
        .Flag("has_body_error", !body.empty())
        .Flag("takes_files", TakesFiles(r))
        .Set("files_hint", Hint(r))
        .Set("files_accept", Accepted())
        .Set("files_error", files)
        .Flag("has_files_error", !files.empty());
    if (!body.empty()) view.errors.push_back({"body", body});
    if (!files.empty()) view.errors.push_back({TakesFiles(r) ? kFiles : "body", files});
    if (error != nullptr) view.status = 422;
}

FormField FilesField(const RequestContext& r) {
    FormField field{kFiles, r.format().Text("attachments.field"), "", FormField::Kind::kFiles,
                    Hint(r)};
    field.required = false;
    field.accept = Accepted();
    return field;
}

void AddFiles(const RequestContext& r, const Message& message, const std::string& ticket_href,
              ViewModel& row) {
    row.Flag("has_files", !message.attachments.empty());
    auto& rows = row.Rows("files", message.attachments.size());
    for (const Attachment& file : message.attachments) {
        rows.emplace_back()
            .Set("file_name", file.name)
            .Set("file_kind", KindText(file.mime_type, r.format()))
            .Set("file_size", SizeText(file.size, r.format()))
            .Set("file_href", ticket_href + "/attachments/" + file.id.ToString());
    }
}

}  // namespace livery::service_desk

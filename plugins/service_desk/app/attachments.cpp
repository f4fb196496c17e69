#include "app/attachments.h"

#include <array>
#include <system_error>

#include <sodium.h>

#include <livery/card_number.h>

#include "domain/desk.h"
#include "domain/file_name.h"
#include "domain/file_type.h"
#include "storage/clamd.h"

namespace livery::service_desk {

namespace {

// For all files of a message: a page must be there before the front gives up (60 s).
constexpr std::chrono::seconds kPatience{30};

std::string Sha256(std::string_view content) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(content.data()),
                       content.size());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return text.data();
}

Error Refused(const char* key) { return InvalidField("files", key); }
// Not the sender's fault: the same files may come again.
Error NotNow(const char* key) { return {ErrorCode::kUnavailable, key, {{"files", key}}}; }

Result<FileType> TypeOf(const Upload& upload, const AttachmentRules& rules) {
    if (upload.content.empty()) return Refused("error.file_empty");
    if (static_cast<std::int64_t>(upload.content.size()) > rules.most_bytes)
        return Refused("error.file_large");
    const auto type = SniffType(upload.content);
    if (!type) return Refused("error.file_kind");
    // What a picture shows, nobody reads here.
    if (HoldsCardNumber(upload.name) ||
        (*type == FileType::kText && HoldsCardNumber(upload.content)))
        return Refused("error.file_card");
    return *type;
}

}  // namespace

const AttachmentRules& Attachments::RulesOf(const Tenant& tenant) {
    return tenant.SettingsOf<Desk>("service_desk").attachments;
}

Result<void> Attachments::LetScan(const Tenant& tenant, const std::vector<Upload>& uploads) const {
    const std::string& socket = RulesOf(tenant).clamd;
    if (socket.empty()) return {};
    const Clamd clamd(socket);
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (const Upload& upload : uploads) {
        const Clamd::Answer answer = clamd.Look(upload.content, deadline);
        if (answer.verdict == Clamd::Verdict::kClean) continue;
        if (answer.verdict == Clamd::Verdict::kFound) {
            Warn("attachment.infected", tenant, answer.words);
            return Refused("error.file_infected");
        }
        Warn("attachment.unchecked", tenant, answer.words);
        return NotNow("error.files_unchecked");
    }
    return {};
}

Result<std::vector<Attachment>> Attachments::Keep(const Tenant& tenant,
                                                  const std::vector<Upload>& uploads) const {
    const AttachmentRules& rules = RulesOf(tenant);
    if (static_cast<int>(uploads.size()) > rules.most) return Refused("error.files_many");
    std::vector<Attachment> kept;
    for (const Upload& upload : uploads) {
        const FileType type = LIVERY_TRY(TypeOf(upload, rules));
        kept.push_back({AttachmentId(parts_.ids.Next()), CleanFileName(upload.name, type),
                        std::string(MimeType(type)),
                        static_cast<std::int64_t>(upload.content.size()), Sha256(upload.content)});
    }
    LIVERY_TRY(LetScan(tenant, uploads));
    try {
        for (std::size_t i = 0; i < uploads.size(); ++i)
            parts_.files.Keep(tenant.id, kept[i].sha256, uploads[i].content);
    } catch (const std::system_error& failure) {
        Warn("attachment.not_kept", tenant, failure.what());
        return NotNow("error.files_not_kept");
    }
    return kept;
}

Result<std::string> Attachments::Content(const Tenant& tenant, const Attachment& attachment) const {
    try {
        if (auto content = parts_.files.Read(tenant.id, attachment.sha256))
            return *std::move(content);
        Warn("attachment.missing", tenant, attachment.sha256);
    } catch (const std::system_error& failure) {
        Warn("attachment.unreadable", tenant, failure.what());
    }
    return Error{ErrorCode::kUnavailable, "the file of an attachment is not there", {}};
}

void Attachments::Warn(std::string_view event, const Tenant& tenant, std::string_view why) const {
    parts_.log.Warn(event, {{"tenant", tenant.id.value()}, {"why", why}});
}

}  // namespace livery::service_desk

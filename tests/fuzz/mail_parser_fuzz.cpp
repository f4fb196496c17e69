// A mail, as anybody sends it → its parts, its own words and what is done with it.

#include "domain/mail_reply.h"
#include "domain/mail_verdict.h"
#include "domain/reply_address.h"
#include "mime/html_text.h"
#include "mime/mail_parser.h"
#include "params.h"
#include "require.h"

namespace livery::fuzz {
namespace {

using namespace service_desk;  // NOLINT: of what is tried

constexpr std::string_view kHelp = "help@harbor.example";

std::string Sign(std::string_view) { return std::string(43, 'A'); }

void RequireLine(const std::string& text) {
    Require(IsUtf8(text), "well-formed");
    for (const unsigned char c : text) Require(c >= 0x20 && c != 0x7F, "one clean line");
}

void RequireLines(const std::string& text) {
    Require(IsUtf8(text), "well-formed");
    for (const unsigned char c : text)
        Require((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t', "clean lines");
}

void CheckMail(const IncomingMail& mail, std::size_t size, const MailLimits& limits) {
    for (const std::string* line :
         {&mail.message_id, &mail.from_address, &mail.from_name, &mail.subject,
          &mail.auto_submitted, &mail.precedence, &mail.list_id, &mail.auto_response_suppress})
        RequireLine(*line);
    for (const std::string& id : mail.references) RequireLine(id);
    Require(mail.references.size() <= limits.references, "no more references than allowed");
    Require(mail.recipients.size() <= limits.recipients, "no more recipients than allowed");
    Require(mail.attachments.size() <= limits.attachments, "no more files than allowed");
    Require(mail.from_address.find('@') != std::string::npos, "a mail of somebody");
    RequireLines(mail.text);
    std::size_t decoded = 0;
    for (const Upload& file : mail.attachments) {
        RequireLine(file.name);
        Require(!file.name.empty(), "a file has a name");
        decoded += file.content.size();
    }
    // Headers that are written anew may be folded.
    Require(decoded <= 4 * size + 4096, "what is decoded is not more than what came");
    const std::string own = OwnWords(mail.text);
    RequireLines(own);
    Require(own.size() <= mail.text.size() + 1, "nobody's words grow");
    RequireLine(BareSubject(mail.subject));
    for (const std::string& recipient : mail.recipients) {
        RequireLine(recipient);
        const auto address = ReplyAddressIn(recipient, kHelp);
        if (address && IsGivenTo(*address, {}, Sign))
            Require(ReplyAddressOf(kHelp, address->ticket, {}, Sign) == FoldedAddress(recipient),
                    "one ticket, one address");
    }
    Judge(mail, {size, 1000, kHelp, 0});
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace fuzz = livery::fuzz;
    using livery::service_desk::MailLimits;
    const std::string_view bytes = fuzz::TextOf(data, size);
    MailLimits small;
    small.parts = 5;
    small.text = 20;
    small.attachments = small.recipients = small.references = 2;
    for (const MailLimits& limits : {MailLimits{}, small}) {
        const auto mail = livery::service_desk::ParseMail(bytes, limits);
        if (mail) fuzz::CheckMail(*mail, size, limits);
    }
    livery::service_desk::TextOfHtml(bytes);
    return 0;
}

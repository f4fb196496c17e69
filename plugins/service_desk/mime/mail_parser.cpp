#include "mime/mail_parser.h"

#include <algorithm>
#include <memory>
#include <mutex>

#include <gmime/gmime.h>

#include <livery/utf8.h>

#include "mime/clean_text.h"
#include "mime/html_text.h"

namespace livery::service_desk {

namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

using Options = std::unique_ptr<GMimeParserOptions, decltype(&g_mime_parser_options_free)>;

std::string TextOf(const char* text) { return text == nullptr ? "" : OneLine(text); }

// How often a header's name stands at the begin of a line, in any case.
std::size_t CountContentTypes(std::string_view bytes, std::size_t most) {
    constexpr std::string_view kName = "content-type:";
    std::size_t count = 0;
    const auto same = [](char a, char b) { return (a | 0x20) == b; };
    for (std::size_t at = 0; at + kName.size() <= bytes.size() && count <= most;) {
        const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        if (std::equal(kName.begin(), kName.end(), begin,
                       [&](char b, char a) { return b == ':' || b == '-' ? a == b : same(a, b); }))
            ++count;
        const auto end = bytes.find('\n', at);
        if (end == std::string_view::npos) break;
        at = end + 1;
    }
    return count;
}

Options MakeOptions() {
    Options options(g_mime_parser_options_new(), g_mime_parser_options_free);
    // For what says no character set, or a wrong one.
    const char* charsets[]{"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(options.get(), charsets);
    return options;
}

// One reading of one mail.
class Reading {
 public:
    Reading(GMimeMessage* message, const MailLimits& limits, const Options& options)
        : message_(message), limits_(limits), options_(options) {}

    IncomingMail Run() {
        ReadHead();
        if (GMimeObject* body = g_mime_message_get_mime_part(message_)) Collect(body, true);
        const std::string text = plain_.empty() ? TextOfHtml(html_) : std::move(plain_);
        mail_.text = Lines(text);
        return std::move(mail_);
    }

 private:
    std::string Header(const char* name) const {
        return TextOf(g_mime_object_get_header(GMIME_OBJECT(message_), name));
    }

    void ReadHead() {
        mail_.message_id = TextOf(g_mime_message_get_message_id(message_));
        mail_.subject = TextOf(g_mime_message_get_subject(message_));
        mail_.auto_submitted = Header("Auto-Submitted");
        mail_.precedence = Header("Precedence");
        mail_.list_id = Header("List-Id");
        mail_.auto_response_suppress = Header("X-Auto-Response-Suppress");
        if (g_mime_object_get_header(GMIME_OBJECT(message_), "Return-Path") != nullptr)
            mail_.return_path = WithoutBrackets(Header("Return-Path"));
        ReadSender();
        ReadRecipients();
        ReadReferences("References");
        ReadReferences("In-Reply-To");
    }

    static std::string WithoutBrackets(std::string text) {
        std::erase_if(text, [](char c) { return c == '<' || c == '>' || c == ' '; });
        return text;
    }

    static std::string AddressOf(InternetAddress* address) {
        if (!INTERNET_ADDRESS_IS_MAILBOX(address)) return "";
        return TextOf(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
    }

    void ReadSender() {
        InternetAddressList* from = g_mime_message_get_from(message_);
        // Several authors, or a group, are nobody whom we know.
        if (from == nullptr || internet_address_list_length(from) != 1) return;
        InternetAddress* address = internet_address_list_get_address(from, 0);
        mail_.from_address = AddressOf(address);
        mail_.from_name = TextOf(internet_address_get_name(address));
    }

    void AddRecipients(InternetAddressList* list) {
        const int length = list == nullptr ? 0 : internet_address_list_length(list);
        for (int i = 0; i < length && mail_.recipients.size() < limits_.recipients; ++i) {
            std::string address = AddressOf(internet_address_list_get_address(list, i));
            if (!address.empty()) mail_.recipients.push_back(std::move(address));
        }
    }

    // Who delivered it first: it knows best, and is there once.
    void ReadRecipients() {
        GMimeHeaderList* headers = g_mime_object_get_header_list(GMIME_OBJECT(message_));
        const int count = g_mime_header_list_get_count(headers);
        for (int i = 0; i < count; ++i) {
            GMimeHeader* header = g_mime_header_list_get_header_at(headers, i);
            const std::string name = FoldedAddress(g_mime_header_get_name(header));
            if (name != "delivered-to" && name != "x-original-to" && name != "envelope-to")
                continue;
            const char* value = g_mime_header_get_value(header);
            if (value == nullptr) continue;
            const Owned<InternetAddressList> list(
                internet_address_list_parse(options_.get(), value));
            AddRecipients(list.get());
        }
        AddRecipients(g_mime_message_get_to(message_));
        AddRecipients(g_mime_message_get_cc(message_));
    }

    void ReadReferences(const char* name) {
        const char* value = g_mime_object_get_header(GMIME_OBJECT(message_), name);
        if (value == nullptr) return;
        const std::unique_ptr<GMimeReferences, decltype(&g_mime_references_free)> ids(
            g_mime_references_parse(options_.get(), value), g_mime_references_free);
        const int length = ids ? g_mime_references_length(ids.get()) : 0;
        for (int i = 0; i < length && mail_.references.size() < limits_.references; ++i) {
            std::string id = TextOf(g_mime_references_get_message_id(ids.get(), i));
            std::erase(mail_.references, id);
            mail_.references.push_back(std::move(id));
        }
    }

    static bool IsMarked(GMimeObject* part) {
        const char* disposition = g_mime_object_get_disposition(part);
        return disposition != nullptr && FoldedAddress(disposition) == "attachment";
    }
    static bool IsText(GMimeObject* part, const char* subtype) {
        GMimeContentType* type = g_mime_object_get_content_type(part);
        return type != nullptr && g_mime_content_type_is_type(type, "text", subtype) != 0;
    }

    // `reads`: texts in it are words for people, not another form of some that were read.
    void Collect(GMimeObject* object, bool reads) {
        if (GMIME_IS_MULTIPART(object)) return CollectAll(GMIME_MULTIPART(object), reads);
        if (GMIME_IS_MESSAGE_PART(object)) return AttachMessage(object);
        if (!GMIME_IS_PART(object)) return;
        GMimePart* part = GMIME_PART(object);
        const bool is_words = GMIME_IS_TEXT_PART(object) && !IsMarked(object) &&
                              g_mime_part_get_filename(part) == nullptr &&
                              (IsText(object, "plain") || IsText(object, "html"));
        if (!is_words) return Attach(part);
        if (!reads) return;
        const std::unique_ptr<char, decltype(&g_free)> text(
            g_mime_text_part_get_text(GMIME_TEXT_PART(object)), g_free);
        if (!text) return;
        std::string& into = IsText(object, "html") ? html_ : plain_;
        if (into.size() >= limits_.text) return;
        if (!into.empty()) into += '\n';
        into +=
            Beginning(ValidUtf8(text.get()), limits_.text - std::min(limits_.text, into.size()));
    }

    void CollectAll(GMimeMultipart* multipart, bool reads) {
        GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(multipart));
        const bool is_choice = g_mime_content_type_is_type(type, "multipart", "alternative") != 0;
        const int count = g_mime_multipart_get_count(multipart);
        const auto at = [&](int i) { return g_mime_multipart_get_part(multipart, i); };
        int chosen = -1;
        for (int i = 0; is_choice && i < count && chosen < 0; ++i)
            if (IsText(at(i), "plain")) chosen = i;
        for (int i = 0; i < count; ++i)
            Collect(at(i), reads && (!is_choice || chosen < 0 || chosen == i));
    }

    static std::string Written(GMimeStream* stream) {
        const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        return bytes == nullptr
                   ? ""
                   : std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
    }

    void Add(std::string name, std::string content) {
        if (name.empty()) name = "attachment-" + std::to_string(mail_.attachments.size() + 1);
        mail_.attachments.push_back({std::move(name), std::move(content)});
    }

    void Attach(GMimePart* part) {
        GMimeDataWrapper* content = g_mime_part_get_content(part);
        if (content == nullptr || mail_.attachments.size() >= limits_.attachments) return;
        const Owned<GMimeStream> stream(g_mime_stream_mem_new());
        g_mime_data_wrapper_write_to_stream(content, stream.get());
        Add(TextOf(g_mime_part_get_filename(part)), Written(stream.get()));
    }

    // A mail in a mail: as the file that it was.
    void AttachMessage(GMimeObject* object) {
        GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (inner == nullptr || mail_.attachments.size() >= limits_.attachments) return;
        const Owned<GMimeStream> stream(g_mime_stream_mem_new());
        g_mime_object_write_to_stream(GMIME_OBJECT(inner), nullptr, stream.get());
        std::string name = TextOf(g_mime_message_get_subject(inner));
        Add((name.empty() ? "message" : std::string(Beginning(name, 80))) + ".eml",
            Written(stream.get()));
    }

    GMimeMessage* message_;
    const MailLimits& limits_;
    const Options& options_;
    IncomingMail mail_;
    std::string plain_;
    std::string html_;
};

void StartOnce() {
    static std::once_flag started;
    std::call_once(started, [] { g_mime_init(); });
}

}  // namespace

Result<IncomingMail> ParseMail(std::string_view bytes, const MailLimits& limits) {
    if (CountContentTypes(bytes, limits.parts) > limits.parts)
        return Error{ErrorCode::kInvalidArgument, "more parts than are taken", {}};
    StartOnce();
    const Options options = MakeOptions();
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options.get()));
    if (!message) return Error{ErrorCode::kInvalidArgument, "no mail", {}};
    IncomingMail mail = Reading(message.get(), limits, options).Run();
    if (mail.from_address.find('@') == std::string::npos)
        return Error{ErrorCode::kInvalidArgument, "a mail of nobody", {}};
    return mail;
}

}  // namespace livery::service_desk

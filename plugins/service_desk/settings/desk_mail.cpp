#include "settings/desk_mail.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/reply_address.h"

namespace livery::service_desk {

namespace {

using config::Node;
using config::Reader;

bool IsAmong(const std::string& text, std::string_view more) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               more.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool IsAddress(const std::string& text) {
    const auto at = text.rfind('@');
    return at != std::string::npos && IsAmong(text.substr(0, at), "._-") &&
           IsAmong(text.substr(at + 1), ".-");
}

// Of a server alone: no mailbox, no password.
bool IsServer(std::string_view url) {
    for (const std::string_view scheme : {"imap://", "imaps://"})
        if (url.starts_with(scheme))
            return IsAmong(std::string(url.substr(scheme.size())), ".-:[]");
    return false;
}

class MailReading {
 public:
    MailReading(const MailEntry& entry, const Node& node, const Reader& reader)
        : entry_(entry), section_(*node.Find("mail")), reader_(reader.Below("mail")) {}

    DeskMail Run(const Desk& desk) {
        mail_.address = entry_.address;
        if (!IsAddress(entry_.address))
            Report(section_, reader_, "address", "is no address; write help@harbor.example");
        else if (entry_.address.rfind('@') > kLongestLocalPart)
            Report(section_, reader_, "address",
                   fmt::format("has more than {} characters before the @: answers go to addresses "
                               "that are longer by a signature",
                               kLongestLocalPart));
        mail_.category = entry_.category;
        if (entry_.category.empty() && !desk.categories.empty())
            mail_.category = desk.categories.begin()->first;
        else if (!desk.categories.contains(entry_.category))
            Report(section_, reader_, "category",
                   fmt::format("there is no category `{}`", entry_.category));
        mail_.most_bytes = static_cast<std::size_t>(entry_.most_megabytes) * 1'000'000;
        if (entry_.imap) ReadBox(*entry_.imap);
        return std::move(mail_);
    }

 private:
    static void Report(const Node& node, const Reader& reader, const char* key,
                       const std::string& text) {
        const Node* found = node.Find(key);
        reader.Below(key).Report(found == nullptr ? node.at : found->at, text);
    }

    void ReadBox(const ImapEntry& entry) {
        const Node& node = *section_.Find("imap");
        const Reader reader = reader_.Below("imap");
        DeskMail::Box box{entry.url, entry.user, entry.secret, entry.processed, entry.failed};
        if (box.url.empty()) box.url = fmt::format("imaps://{}:{}", entry.host, entry.port);
        if (entry.url.empty() == entry.host.empty())
            reader.Report(node.at, "either `url` or `host` says where it is");
        else if (!IsServer(box.url))
            Report(node, reader, entry.url.empty() ? "host" : "url",
                   fmt::format("`{}` is no server; write imaps://imap.example", box.url));
        for (const auto& [key, folder] :
             {std::pair{"processed", &entry.processed}, std::pair{"failed", &entry.failed}})
            if (!IsAmong(*folder, "._-/ "))
                Report(node, reader, key, "a folder has letters, digits, blanks, . _ - and /");
        mail_.box = std::move(box);
    }

    const MailEntry& entry_;
    const Node& section_;
    const Reader reader_;
    DeskMail mail_;
};

}  // namespace

const config::ObjectSchema<ImapEntry>& ImapEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<ImapEntry>("Whose inbox is emptied, by IMAP")
            .Optional("url", &ImapEntry::url,
                      "The server: imaps://imap.example, or imap://… with STARTTLS")
            .Optional("host", &ImapEntry::host, "The server's name, instead of `url`: by TLS")
            .Optional("port", &ImapEntry::port, "Of `host`", {.minimum = 1, .maximum = 65535})
            .Required("user", &ImapEntry::user, "Who signs in there")
            .Required("secret", &ImapEntry::secret,
                      "The password's name in the tenant's folder of secrets")
            .Optional("processed", &ImapEntry::processed, "The folder of what was taken")
            .Optional("failed", &ImapEntry::failed, "The folder of what could not be read");
    return schema;
}

const config::ObjectSchema<MailEntry>& MailEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<MailEntry>("How customers write to the desk by mail")
            .Required("address", &MailEntry::address,
                      "Where mails go; answers go to it with `+` and a signature")
            .Optional("category", &MailEntry::category,
                      "Of tickets that begin with a mail; without, the first by name")
            .Optional("most_megabytes", &MailEntry::most_megabytes, "A larger mail is sent back",
                      {.minimum = 1, .maximum = 90})
            .Optional("imap", &MailEntry::imap,
                      "The mailbox that is emptied; without, mails come by `livery mail-in`");
    return schema;
}

DeskMail ReadDeskMail(const MailEntry& entry, const Desk& desk, const Node& node,
                      const Reader& reader) {
    return MailReading(entry, node, reader).Run(desk);
}

}  // namespace livery::service_desk

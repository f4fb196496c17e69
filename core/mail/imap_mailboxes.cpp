#include "mail/imap_mailboxes.h"

#include <algorithm>

#include <curl/curl.h>
#include <fmt/format.h>

#include "mail/imap_answers.h"

namespace livery::mail {

namespace {

// Of one mail; whoever asks for more has not looked at its size.
constexpr std::size_t kMostBytes = 100U << 20U;

std::size_t Keep(char* bytes, std::size_t size, std::size_t count, void* context) {
    auto& answer = *static_cast<std::string*>(context);
    if (answer.size() + size * count > kMostBytes) return 0;
    answer.append(bytes, size * count);
    return size * count;
}

Error Away(std::string why) {
    return {ErrorCode::kUnavailable, "the mailbox: " + std::move(why), {}};
}

bool IsThisMachine(std::string_view url) {
    for (const std::string_view host : {"imap://127.0.0.1", "imap://[::1]", "imap://localhost"}) {
        const auto rest = url.starts_with(host) ? url.substr(host.size()) : "?";
        if (rest.empty() || rest.front() == ':') return true;
    }
    return false;
}

// One connection, signed in when the first command needs it.
//
// libcurl reads a mail by `FETCH BODY[]`, which tells the server that it was read; BODY.PEEK is out
// of its reach. So the flag \Seen means nothing here, and what is done is moved out of the inbox.
class ImapMailbox final : public Mailbox {
 public:
    ImapMailbox(const Mailboxes::Access& access, const std::string& password)
        : inbox_(access.url + "/INBOX"), curl_(curl_easy_init(), curl_easy_cleanup) {
        CURL* curl = curl_.get();
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
        curl_easy_setopt(
            curl, CURLOPT_USE_SSL,
            static_cast<long>(IsThisMachine(access.url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
        curl_easy_setopt(curl, CURLOPT_USERNAME, access.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password.c_str());
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Keep);
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, 120L);
    }

    Result<std::vector<Waiting>> List(std::size_t most) override {
        auto uids = FoundUids(LIVERY_TRY(Command("UID SEARCH UNDELETED")));
        std::sort(uids.begin(), uids.end());
        if (uids.size() > most) uids.resize(most);
        if (uids.empty()) return std::vector<Waiting>();
        std::string set;
        for (const std::uint32_t uid : uids) set += (set.empty() ? "" : ",") + std::to_string(uid);
        auto waiting = StatedSizes(LIVERY_TRY(Command("UID FETCH " + set + " (UID RFC822.SIZE)")));
        std::sort(waiting.begin(), waiting.end(),
                  [](const Waiting& a, const Waiting& b) { return a.uid < b.uid; });
        return waiting;
    }
    Result<std::string> Fetch(std::uint32_t uid) override {
        return Ask(fmt::format("{}/;UID={}", inbox_, uid), nullptr);
    }
    Result<std::string> FetchHead(std::uint32_t uid) override {
        return Ask(fmt::format("{}/;UID={}/;SECTION=HEADER", inbox_, uid), nullptr);
    }
    Result<void> Move(std::uint32_t uid, const std::string& folder) override {
        const std::string move = fmt::format("UID MOVE {} \"{}\"", uid, folder);
        if (Command(move)) return {};
        // It is there already, mostly: then the next says what is wrong.
        static_cast<void>(Command(fmt::format("CREATE \"{}\"", folder)));
        if (Command(move)) return {};
        // Servers before RFC 6851.
        LIVERY_TRY(Command(fmt::format("UID COPY {} \"{}\"", uid, folder)));
        LIVERY_TRY(Command(fmt::format("UID STORE {} +FLAGS.SILENT (\\Deleted)", uid)));
        return {};
    }

 private:
    Result<std::string> Command(const std::string& words) { return Ask(inbox_, words.c_str()); }

    Result<std::string> Ask(const std::string& url, const char* command) {
        std::string answer;
        CURL* curl = curl_.get();
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, command);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
        const CURLcode code = curl_easy_perform(curl);
        if (code != CURLE_OK) return Away(curl_easy_strerror(code));
        return answer;
    }

    std::string inbox_;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
};

}  // namespace

Result<std::unique_ptr<Mailbox>> ImapMailboxes::Open(const TenantId& tenant, const Access& access) {
    const std::string password = LIVERY_TRY(secret_of_(tenant, access.secret));
    return std::unique_ptr<Mailbox>(std::make_unique<ImapMailbox>(access, password));
}

}  // namespace livery::mail

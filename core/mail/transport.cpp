#include "mail/transport.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <curl/curl.h>
#include <fmt/format.h>

namespace livery::mail {

namespace fs = std::filesystem;

SpoolTransport::SpoolTransport(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms(0700));  // mails hold links that sign people in
}

void SpoolTransport::Send(const Message& message) {
    const fs::path target = folder_ / (message.id + ".eml");
    const fs::path temporary = folder_ / ("." + message.id);
    std::ofstream out(temporary, std::ios::binary);
    out << ToMime(message);
    if (!out.flush())
        throw std::runtime_error(fmt::format("{} cannot be written", temporary.string()));
    fs::rename(temporary, target);
}

namespace {

struct Upload {
    std::string bytes;
    std::size_t at = 0;
};

std::size_t ReadUpload(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto& upload = *static_cast<Upload*>(context);
    const std::size_t take = std::min(size * count, upload.bytes.size() - upload.at);
    std::copy_n(upload.bytes.data() + upload.at, take, buffer);
    upload.at += take;
    return take;
}

}  // namespace

void SmtpTransport::Send(const Message& message) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                   curl_easy_cleanup);
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> to(
        curl_slist_append(nullptr, fmt::format("<{}>", message.to_address).c_str()),
        curl_slist_free_all);
    Upload upload{ToMime(message)};
    // libcurl writes the empty return path by itself (RFC 5321, 3.6.3).
    const std::string from = message.is_bounce ? "" : fmt::format("<{}>", message.from_address);
    curl_easy_setopt(curl.get(), CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl.get(), CURLOPT_USE_SSL,
                     static_cast<long>(options_.require_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!options_.user.empty()) {
        curl_easy_setopt(curl.get(), CURLOPT_USERNAME, options_.user.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, options_.password.c_str());
    }
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, ReadUpload);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 60L);
    const CURLcode code = curl_easy_perform(curl.get());
    if (code != CURLE_OK)
        throw std::runtime_error(fmt::format("the mail server: {}", curl_easy_strerror(code)));
}

}  // namespace livery::mail

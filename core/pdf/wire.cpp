#include "pdf/wire.h"

#include <cstdint>

#include "pdf/document_fields.h"

namespace livery::pdf {

namespace {

class Writer {
 public:
    template <class... Members>
    void operator()(const Members&... members) {
        (Put(members), ...);
    }
    void Binary(const std::string& bytes) { Put(bytes); }
    std::string Take() { return std::move(bytes_); }

 private:
    template <std::size_t kBytes>
    void PutNumber(std::uint64_t number) {
        for (std::size_t i = 0; i < kBytes; ++i) bytes_ += static_cast<char>(number >> (8 * i));
    }
    void Put(const std::string& text) {
        PutNumber<4>(text.size());
        bytes_ += text;
    }
    template <class T>
    void Put(const std::vector<T>& list) {
        PutNumber<4>(list.size());
        for (const T& item : list) Put(item);
    }
    void Put(Instant instant) {
        PutNumber<8>(static_cast<std::uint64_t>(instant.time_since_epoch().count()));
    }
    template <class T>
    void Put(const T& value) {
        if constexpr (std::integral<T> || std::is_enum_v<T>) {
            PutNumber<8>(static_cast<std::uint64_t>(value));
        } else {
            VisitFields(*this, value);
        }
    }

    std::string bytes_;
};

// After the first thing that is not there, everything is empty and `Done` is false.
class Reader {
 public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    template <class... Members>
    void operator()(Members&... members) {
        (Get(members), ...);
    }
    void Binary(std::string& bytes) { Get(bytes); }
    bool Done() const { return good_ && bytes_.empty(); }

 private:
    std::string_view Cut(std::size_t size) {
        good_ = good_ && size <= bytes_.size();
        if (!good_) return {};
        const std::string_view cut = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return cut;
    }
    std::uint64_t GetNumber(std::size_t size) {
        std::uint64_t number = 0;
        std::size_t shift = 0;
        for (const char byte : Cut(size)) {
            number |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
            shift += 8;
        }
        return number;
    }
    void Get(std::string& text) { text = Cut(GetNumber(4)); }
    template <class T>
    void Get(std::vector<T>& list) {
        // Not reserved: a wrong length ends with the bytes.
        const std::uint64_t size = GetNumber(4);
        for (std::uint64_t i = 0; good_ && i < size; ++i) Get(list.emplace_back());
    }
    void Get(Instant& instant) {
        instant = Instant(std::chrono::microseconds(static_cast<std::int64_t>(GetNumber(8))));
    }
    void Get(bool& flag) { flag = GetNumber(8) != 0; }
    void Get(int& number) { number = static_cast<int>(GetNumber(8)); }
    template <class T>
    void Get(T& value) {
        if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(GetNumber(8));
        } else {
            VisitFields(*this, value);
        }
    }

    std::string_view bytes_;
    bool good_ = true;
};

}  // namespace

std::string EncodeDocument(const Document& document) {
    Writer writer;
    VisitFields(writer, document);
    return writer.Take();
}

std::optional<Document> DecodeDocument(std::string_view bytes) {
    Document document;
    Reader reader(bytes);
    VisitFields(reader, document);
    if (!reader.Done()) return std::nullopt;
    return document;
}

std::string EncodeAnswer(const Result<std::string>& answer) {
    Writer writer;
    writer(answer.has_value());
    if (answer) {
        writer(*answer);
    } else {
        const Error& error = answer.error();
        writer(error.code, error.message, static_cast<int>(error.fields.size()));
        for (const FieldError& field : error.fields) writer(field.field, field.message);
    }
    return writer.Take();
}

std::optional<Result<std::string>> DecodeAnswer(std::string_view bytes) {
    Reader reader(bytes);
    bool good = false;
    std::string pdf;
    Error error;
    reader(good);
    if (good) {
        reader(pdf);
    } else {
        int fields = 0;
        reader(error.code, error.message, fields);
        for (int i = 0; i < fields && i < 100; ++i) {
            FieldError& field = error.fields.emplace_back();
            reader(field.field, field.message);
        }
    }
    if (!reader.Done()) return std::nullopt;
    if (good) return Result<std::string>(std::move(pdf));
    return Result<std::string>(std::move(error));
}

}  // namespace livery::pdf
